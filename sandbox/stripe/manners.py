"""Stripe's check of the key and its error format."""

from __future__ import annotations

import hmac
import secrets
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.call import Call, RefusalError
from sandbox.faults import Fault

VERSION = "2026-10-28.endive"
_KINDS = {401: "invalid_request_error", 402: "card_error", 404: "invalid_request_error"}


class StripeRefusalError(RefusalError):
    """A No with Stripe's fields: type, code, param and what else an error tells."""

    def __init__(self, status: int, message: str, **error: Any) -> None:
        super().__init__(status, message)
        self.error = {"type": _KINDS.get(status, "invalid_request_error"), "message": message} | error


class Stripe:
    """How Stripe says No."""

    name = "stripe"

    def admit(self, call: Call) -> None:
        """A bearer key; a known API version; an account that this platform has made."""
        scheme, _, key = call.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or not hmac.compare_digest(
            key.encode(), call.world.settings.stripe_secret_key.encode()
        ):
            raise StripeRefusalError(401, f"Invalid API Key provided: {key[:7]}****")
        version = call.headers.get("stripe-version", VERSION)
        if version != VERSION:
            raise StripeRefusalError(400, f"Invalid Stripe API version: {version}")
        account = call.headers.get("stripe-account", "")
        if (
            account
            and call.world.store.one(
                "SELECT 1 FROM stripe_objects WHERE id = ? AND kind = 'account'", account
            )
            is None
        ):
            words = f"The provided key does not have access to account '{account}'."
            raise StripeRefusalError(403, words, code="account_invalid")

    def refuse(self, refusal: RefusalError) -> Response:
        """An error answer."""
        error = getattr(refusal, "error", {"type": "invalid_request_error", "message": refusal.message})
        headers = {"Request-Id": f"req_{secrets.token_hex(7)}"} | refusal.headers
        return JSONResponse({"error": error}, refusal.status, headers)

    def fault(self, fault: Fault) -> RefusalError:
        """429 and 5xx in Stripe's words."""
        if fault.status == 429:
            said = StripeRefusalError(429, "Request rate limit exceeded.", code="rate_limit")
        elif fault.status >= 500:
            said = StripeRefusalError(fault.status, "An unknown error occurred", type="api_error")
        else:
            said = StripeRefusalError(fault.status, "Refused by a scripted fault")
        if fault.retry_after is not None:
            said.headers = {"Retry-After": str(fault.retry_after)}
        return said


def missing(kind: str, name: str, param: str = "id") -> StripeRefusalError:
    """A 404 for an object."""
    return StripeRefusalError(404, f"No such {kind}: '{name}'", code="resource_missing", param=param)


def invalid(message: str, param: str = "", code: str = "") -> StripeRefusalError:
    """A 400 about one parameter."""
    more = {name: value for name, value in (("param", param), ("code", code)) if value}
    return StripeRefusalError(400, message, **more)

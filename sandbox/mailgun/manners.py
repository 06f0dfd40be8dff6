"""Mailgun's credentials check and its error format."""

from __future__ import annotations

import hmac

from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox.call import Call, RefusalError
from sandbox.faults import Fault


class WebhookRefusalError(RefusalError):
    """A 400 of the webhook operations, which word it in `Reason` as well."""


class Mailgun:
    """How Mailgun says No."""

    name = "mailgun"

    def admit(self, call: Call) -> None:
        """HTTP Basic, user "api"; a domain in the path must be one of the account's."""
        user, key = call.credentials or ("", "")
        right = hmac.compare_digest(key.encode(), call.world.settings.mailgun_api_key.encode())
        if user != "api" or not right:
            raise RefusalError(401, "Forbidden")
        domain = call.path.get("domain")
        if domain is not None and domain not in call.world.settings.mail_domains:
            raise RefusalError(404, f"Domain not found: {domain}")

    def refuse(self, refusal: RefusalError) -> Response:
        """A message in JSON; a 401 is plain text."""
        if refusal.status == 401:
            return PlainTextResponse("Forbidden", 401)
        body = {"message": refusal.message}
        if isinstance(refusal, WebhookRefusalError):
            body["Reason"] = refusal.message
        return JSONResponse(body, refusal.status, refusal.headers)

    def fault(self, fault: Fault) -> RefusalError:
        """429 and 5xx in Mailgun's words."""
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        words = {401: "Forbidden", 429: "Too many requests"}
        return RefusalError(fault.status, words.get(fault.status, "Internal Server Error"), headers=headers)


def invalid(message: str) -> RefusalError:
    """A 400."""
    return RefusalError(400, message)

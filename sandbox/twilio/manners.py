"""Twilio's credentials check and its error format."""

from __future__ import annotations

import hmac

from starlette.responses import JSONResponse, Response

from sandbox.call import Call, RefusalError
from sandbox.faults import Fault


class Twilio:
    """How Twilio says No."""

    name = "twilio"

    def admit(self, call: Call) -> None:
        """HTTP Basic with the account's SID and token; the path must name the same account."""
        settings = call.world.settings
        user, token = call.credentials or ("", "")
        known = hmac.compare_digest(user.encode(), settings.twilio_account_sid.encode())
        right = hmac.compare_digest(token.encode(), settings.twilio_auth_token.encode())
        if not (known and right and call.path["account"] == settings.twilio_account_sid):
            raise RefusalError(401, "Authenticate", 20003)

    def refuse(self, refusal: RefusalError) -> Response:
        """An error answer: code, message, more_info, status."""
        body = {
            "code": refusal.code,
            "message": refusal.message,
            "more_info": f"https://www.twilio.com/docs/errors/{refusal.code}",
            "status": refusal.status,
        }
        return JSONResponse(body, refusal.status, refusal.headers)

    def fault(self, fault: Fault) -> RefusalError:
        """429 and 5xx in Twilio's words."""
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        if fault.status == 429:
            return RefusalError(429, "Too Many Requests", 20429, headers)
        if fault.status >= 500:
            return RefusalError(fault.status, "Internal server error", 20500, headers)
        return RefusalError(fault.status, "Refused by a scripted fault", 20000 + fault.status, headers)


def invalid(code: int, message: str) -> RefusalError:
    """A 400 with one of Twilio's codes (https://www.twilio.com/docs/api/errors)."""
    return RefusalError(400, message, code)


def not_found(path: str) -> RefusalError:
    """A 404 for a resource."""
    return RefusalError(404, f"The requested resource {path} was not found", 20404)

"""What a No of Stripe means: a declined card is the payer's matter, a key in use is our own haste."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

import requests

from opsystem.vendors.answers import check_status
from opsystem.vendors.errors import Certainty, GatewayError, Trouble

VENDOR = "stripe"
_DECLINED = 402


_IN_USE = 409


def refuse(response: requests.Response, cause: Exception) -> NoReturn:
    """Raise what an answer that is no success means."""
    error = _error_of(response.text)
    code = str(error.get("decline_code") or error.get("code") or error.get("type") or "")
    if response.status_code == _DECLINED:
        raise GatewayError(
            VENDOR,
            Trouble.DECLINED,
            certainty=Certainty.REFUSED,
            retryable=False,
            vendor_code=code,
            status=_DECLINED,
        ) from cause
    if response.status_code == _IN_USE:
        # The same key is being worked on by a call of ours that is not over.
        raise GatewayError(
            VENDOR,
            Trouble.BUSY,
            certainty=Certainty.UNKNOWN,
            retryable=True,
            vendor_code=code,
            status=_IN_USE,
        ) from cause
    check_status(VENDOR, response, code)
    raise GatewayError(VENDOR, Trouble.GARBLED, certainty=Certainty.UNKNOWN, retryable=True) from cause


def _error_of(body: str) -> Mapping[str, Any]:
    try:
        answer: Any = json.loads(body)
    except ValueError:
        return {}
    error = answer.get("error") if isinstance(answer, Mapping) else None
    return error if isinstance(error, Mapping) else {}

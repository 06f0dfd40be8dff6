"""What an answer, or the lack of one, means for a call made through `requests`.

The rules for sends come first: a call that may have been done is `UNKNOWN` and never anything
else. Vendors agree on these statuses; what only one of them says stands in its own room.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from opsystem.kit import clock
from opsystem.vendors.errors import Certainty, GatewayError, Trouble
from opsystem.vendors.retry import seconds_of

_OK = range(200, 300)
_MOVED = range(300, 400)
_SEE_OTHER = 303  # the one redirect that says: done, look there (RFC 9110, 15.4.4)
_FAULT = 500

# status: trouble, certainty, retryable
_CLEAR = {
    400: (Trouble.REJECTED, Certainty.REFUSED, False),
    401: (Trouble.BAD_KEY, Certainty.REFUSED, True),  # not this message's fault: it may go when the
    402: (Trouble.PAYMENT, Certainty.REFUSED, True),  # operator has mended the account
    403: (Trouble.BAD_KEY, Certainty.REFUSED, False),
    404: (Trouble.NOT_FOUND, Certainty.REFUSED, False),
    408: (Trouble.TIMEOUT, Certainty.UNKNOWN, True),
    429: (Trouble.BUSY, Certainty.NOT_SENT, True),
}


def check_status(vendor: str, response: requests.Response, vendor_code: str = "") -> None:
    """Raise GatewayError unless the answer is a success."""
    status = response.status_code
    if status in _OK:
        return
    if status in _CLEAR:
        trouble, certainty, retryable = _CLEAR[status]
    elif status in _MOVED:
        certainty = Certainty.UNKNOWN if status == _SEE_OTHER else Certainty.REFUSED
        trouble, retryable = Trouble.REDIRECTED, False
    elif status >= _FAULT:
        trouble, certainty, retryable = Trouble.BROKEN, Certainty.UNKNOWN, True
    else:
        trouble, certainty, retryable = Trouble.REJECTED, Certainty.REFUSED, False
    raise GatewayError(
        vendor,
        trouble,
        certainty=certainty,
        retryable=retryable,
        vendor_code=vendor_code,
        retry_after=seconds_of(response.headers.get("Retry-After"), clock.now()),
        status=status,
    )


def from_transport(vendor: str, error: requests.RequestException) -> GatewayError:
    """Return what a failed connection means. Only one that never came about is certain."""
    if _never_connected(error):
        cause = _tls_cause(error)
        return GatewayError(
            vendor,
            Trouble.INSECURE if cause else Trouble.UNREACHABLE,
            certainty=Certainty.NOT_SENT,
            retryable=True,
            vendor_code=(cause.reason or "") if cause else "",
        )
    trouble = Trouble.TIMEOUT if isinstance(error, requests.Timeout) else Trouble.CUT
    return GatewayError(vendor, trouble, certainty=Certainty.UNKNOWN, retryable=True)


def text_of(answer: Mapping[str, object], name: str) -> str:
    """Return a field of a vendor's JSON as text, empty where it is missing or null."""
    value = answer.get(name)
    return "" if value is None else str(value)


def _never_connected(error: requests.RequestException) -> bool:
    if isinstance(error, (requests.ConnectTimeout, requests.exceptions.InvalidSchema)):
        return True  # InvalidSchema: the fence knows no such address
    first = error.args[0] if error.args else None
    return isinstance(first, MaxRetryError) and isinstance(first.reason, NewConnectionError)


def _tls_cause(error: BaseException) -> ssl.SSLError | None:
    """Find the TLS error beneath; urllib3 keeps causes in `args`, `reason`, `__cause__` and `__context__`."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        if isinstance(one, ssl.SSLError):
            return one
        seen.add(id(one))
        waiting += [getattr(one, "reason", None), one.__cause__, one.__context__, *one.args]
    return None

"""What an error of the SDK means.

Classified by the error's own type and code, not by the SDK's class: an error in the middle of a stream comes
with status 200 as a plain `APIStatusError`, and a time-out while reading as a raw `httpx2.ReadTimeout`.
https://platform.claude.com/docs/en/api/errors
"""

from __future__ import annotations

import ssl

import anthropic
import httpx2

from opsystem.kit import clock
from opsystem.vendors.errors import Certainty, GatewayError, Trouble
from opsystem.vendors.retry import seconds_of

VENDOR = "anthropic"

# error type: trouble, retryable
_TYPES = {
    "overloaded_error": (Trouble.OVERLOADED, True),
    "rate_limit_error": (Trouble.BUSY, True),
    "api_error": (Trouble.BROKEN, True),
    "timeout_error": (Trouble.TIMEOUT, True),
    "authentication_error": (Trouble.BAD_KEY, False),
    "permission_error": (Trouble.BAD_KEY, False),
    "billing_error": (Trouble.PAYMENT, False),
    "not_found_error": (Trouble.NOT_FOUND, False),
    "conflict_error": (Trouble.REJECTED, True),
    "invalid_request_error": (Trouble.REJECTED, False),
    "request_too_large": (Trouble.REJECTED, False),
}
_STATUSES = {
    401: (Trouble.BAD_KEY, False),
    402: (Trouble.PAYMENT, False),
    403: (Trouble.BAD_KEY, False),
    404: (Trouble.NOT_FOUND, False),
    408: (Trouble.TIMEOUT, True),
    429: (Trouble.BUSY, True),
    529: (Trouble.OVERLOADED, True),
}
_SPEND_LIMIT = "enforced_spend_limit_reached"
_MOVED = range(300, 400)
_FAULT = 500


def trouble_of(error: anthropic.APIStatusError) -> tuple[Trouble, bool]:
    """Return what an error answer means, and whether trying again may help."""
    if error.error_code == _SPEND_LIMIT:
        return Trouble.PAYMENT, False
    if error.type and error.type in _TYPES:
        trouble, retryable = _TYPES[error.type]
    elif error.status_code in _STATUSES:
        trouble, retryable = _STATUSES[error.status_code]
    elif error.status_code in _MOVED:
        trouble, retryable = Trouble.REDIRECTED, False
    elif error.status_code >= _FAULT:
        trouble, retryable = Trouble.BROKEN, True
    else:
        trouble, retryable = Trouble.REJECTED, False
    steered = error.response.headers.get("x-should-retry")
    return trouble, retryable and steered != "false"


def from_error(error: anthropic.APIError | httpx2.HTTPError) -> GatewayError:
    """Return what a call that gave no answer, or an error before any answer, means."""
    if isinstance(error, anthropic.APIStatusError):
        trouble, retryable = trouble_of(error)
        fault = error.status_code >= _FAULT
        return GatewayError(
            VENDOR,
            trouble,
            certainty=Certainty.UNKNOWN if fault else _clear(trouble),
            retryable=retryable,
            vendor_code=error.error_code or error.type or "",
            retry_after=seconds_of(error.response.headers.get("retry-after"), clock.now()),
            status=error.status_code,
        )
    return _from_transport(error)


def _clear(trouble: Trouble) -> Certainty:
    return Certainty.NOT_SENT if trouble is Trouble.BUSY else Certainty.REFUSED


def _from_transport(error: BaseException) -> GatewayError:
    chain = list(_chain(error))
    if any(isinstance(one, _NEVER_CONNECTED) for one in chain):
        tls = next((one for one in chain if isinstance(one, ssl.SSLError)), None)
        return GatewayError(
            VENDOR,
            Trouble.INSECURE if tls else Trouble.UNREACHABLE,
            certainty=Certainty.NOT_SENT,
            retryable=True,
            vendor_code=(tls.reason or "") if tls else "",
        )
    late = any(isinstance(one, (httpx2.TimeoutException, anthropic.APITimeoutError)) for one in chain)
    trouble = Trouble.TIMEOUT if late else Trouble.CUT
    return GatewayError(VENDOR, trouble, certainty=Certainty.UNKNOWN, retryable=True)


_NEVER_CONNECTED = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
)


def _chain(error: BaseException) -> list[BaseException]:
    """Return an error and what it came from, each once."""
    chain: list[BaseException] = []
    waiting: BaseException | None = error
    while waiting is not None and waiting not in chain:
        chain.append(waiting)
        waiting = waiting.__cause__ or waiting.__context__
    return chain

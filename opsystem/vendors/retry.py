"""Trying again, for calls that may be repeated: few times, soon, and never for long.

Sends to people are not repeated here: their outbox does it, with the knowledge of what is certain.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from opsystem.vendors.errors import GatewayError

T = TypeVar("T")

TRIES = 3
FIRST_PAUSE = 0.5  # seconds; doubles, with full jitter
LONGEST_PAUSE = 8.0
PATIENCE = 20.0  # a vendor that asks for a longer wait gets none here: the caller parks the work


def with_retries(call: Callable[[], T], may_repeat: Callable[[], bool]) -> T:
    """Call, and call again after a retryable GatewayError while `may_repeat` says that nothing was used yet.

    Raises the last error. A `retry_after` above 20 seconds is raised at once, for the caller to park.
    """
    for attempt in range(TRIES):
        try:
            return call()
        except GatewayError as error:
            last = attempt == TRIES - 1
            asked = error.retry_after or 0.0
            if last or not error.retryable or asked > PATIENCE or not may_repeat():
                raise
            jitter = random.uniform(0, min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt))  # noqa: S311 - not a secret
            time.sleep(max(asked, jitter))
    raise AssertionError("unreachable: the last attempt returns or raises")


def seconds_of(retry_after: str | None, now: datetime) -> float | None:
    """Return a Retry-After header (RFC 9110, 10.2.3: a number or a date) in seconds, or None."""
    if not retry_after:
        return None
    if re.fullmatch(r"-?\d{1,9}(\.\d+)?", retry_after):
        return max(0.0, float(retry_after))
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - now).total_seconds())
    except (ValueError, TypeError):  # not a date, or one without a zone
        return None

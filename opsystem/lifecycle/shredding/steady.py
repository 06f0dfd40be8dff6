"""Is the clock to be believed? Asked before anything is deleted because its time has come.

Two clocks must agree: the wall clock, and the machine's own count of seconds since this process began.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from opsystem.kit import clock
from opsystem.kit.errors import Conflict

MOST = timedelta(hours=1)
_BEGAN = (clock.now(), time.clock_gettime(time.CLOCK_BOOTTIME))


def jumped_by(now: datetime, seconds: float, began: tuple[datetime, float] = _BEGAN) -> timedelta:
    """Return how far the wall clock moved beyond the seconds that passed, either way."""
    return abs((now - began[0]) - timedelta(seconds=seconds - began[1]))


def expect_steady_clock() -> None:
    """Raise Conflict when the wall clock jumped by more than an hour since this process began."""
    if jumped_by(clock.now(), time.clock_gettime(time.CLOCK_BOOTTIME)) > MOST:
        raise Conflict(
            "The clock jumped by more than an hour, so nothing is deleted. Set it right and start again.",
            code="clock_jumped",
        )

"""What the control plane forgets by itself: sessions that have ended, and where somebody came from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from opsystem.control.accounts.sessions import SessionStore
from opsystem.control.audit.events import forget_origins
from opsystem.control.usage.meters import forget_addresses
from opsystem.kit import clock

# Network addresses and browsers' names, of sign-ins as of security events.
ORIGINS_KEPT = timedelta(days=90)


def tidy(keep: Callable[[], bool]) -> dict[str, Any]:  # noqa: ARG001 - over in a moment
    """Forget what is over; return how many addresses were forgotten, of events and of sign-ins."""
    SessionStore.clear_expired()
    before = clock.now() - ORIGINS_KEPT
    return {"events": forget_origins(before), "sign_ins": forget_addresses(before)}

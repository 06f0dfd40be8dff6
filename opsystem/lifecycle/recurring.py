"""The lane of recurring work: once a day the visits of the next weeks are made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from opsystem.business.recurring.operations import make_due_visits
from opsystem.business.recurring.queries import has_series
from opsystem.kit import clock
from opsystem.operations import Actor
from opsystem.vault import Vault

_AGAIN = timedelta(hours=12)


def run(vault: Vault, business_number: int, keep: Callable[[], bool]) -> datetime | None:  # noqa: ARG001
    """Make what is missing up to the horizon; return when to look again, or None without any series."""
    if not has_series(vault) or not keep():
        return None
    make_due_visits.perform(vault, Actor.system(), {})
    return clock.now() + _AGAIN

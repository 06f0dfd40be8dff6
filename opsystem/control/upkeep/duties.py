"""Taking a duty, holding it by a lease, noting how it went: with any number of workers it is done once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from opsystem.control.upkeep.models import Duty

DONE = "done"


@dataclass(frozen=True)
class Held:
    """A duty that was taken; nobody else gets it before the lease ends."""

    name: str
    lease_by: str
    due_at: datetime


def take(
    name: str,
    who: str,
    now: datetime,
    lease: timedelta,
    *,
    first_due: datetime | None = None,
    even_if_not_due: bool = False,
) -> Held | None:
    """Take a duty when it is due and free, or answer None.

    One that nobody ever had is due at `first_due`, by default at once.
    """
    if not Duty.objects.filter(name=name).exists():
        Duty.objects.get_or_create(name=name, defaults={"due_at": first_due or now})
    free = Duty.objects.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now), name=name)
    if not even_if_not_due:
        free = free.filter(due_at__lte=now)
    found = free.first()  # looking costs no write lock
    lease_by = f"{who}#{secrets.token_hex(8)}"
    if found is None or not free.update(lease_by=lease_by, lease_until=now + lease, begun_at=now):
        return None
    return Held(name, lease_by, found.due_at)


def renew(held: Held, now: datetime, lease: timedelta) -> bool:
    """Hold a duty longer. False when the lease had ended and somebody else has it."""
    return bool(_mine(held).update(lease_until=now + lease))


def give_back(
    held: Held, now: datetime, next_due: datetime, *, outcome: str, figures: Mapping[str, object]
) -> bool:
    """Note how it went and when it is due again. False when the lease was lost; then nothing is noted."""
    noted: dict[str, object] = {"outcome": outcome, "figures": dict(figures), "ended_at": now}
    if outcome == DONE:
        noted["good_at"] = now
    return bool(_mine(held).update(due_at=next_due, lease_until=None, lease_by="", **noted))


def duty(name: str) -> Duty | None:
    """Return how a duty stands, or None when nobody ever had it."""
    return Duty.objects.filter(name=name).first()


def _mine(held: Held) -> QuerySet[Duty]:
    return Duty.objects.filter(name=held.name, lease_by=held.lease_by)

"""The alarm clock: which lane of which vault wants a worker, and who has taken it.

What is due is known inside the vault alone. An alarm only says when to look; a look too many costs nothing.
A vault sets its alarm just *before* it commits the work, so that a crash between the two loses nothing. A
worker may therefore look before the commit and find nothing: `settle` lets it look again, at growing
distance, until the longest transaction must be over.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, models, transaction
from django.db.models import Case, F, Q, Value, When

from opsystem.control.hosting.models import Alarm, Vault

LONGEST_TRANSACTION = timedelta(seconds=30)
_FIRST_LOOK_AGAIN = timedelta(milliseconds=250)


@dataclass(frozen=True)
class Claim:
    """One lane of one vault, taken by a worker until `lease_until`."""

    alarm_id: int
    vault_id: int
    lane: str
    due_at: datetime
    woken_at: datetime
    version: int
    lease_by: str
    lease_until: datetime


def wake_at(vault_id: int, lane: str, due: datetime, *, now: datetime) -> None:
    """Set the alarm of a lane to `due`, unless it is set to an earlier time already.

    Call it before the transaction that makes the work due is committed.
    """
    change = {
        "due_at": Case(
            When(Q(due_at__isnull=True) | Q(due_at__gt=due), then=Value(due, models.DateTimeField())),
            default=F("due_at"),
        ),
        "version": F("version") + 1,
        "woken_at": now,
    }
    alarms = Alarm.objects.filter(vault_id=vault_id, lane=lane)
    if alarms.update(**change):
        return
    try:
        with transaction.atomic():
            Alarm.objects.create(vault_id=vault_id, lane=lane, due_at=due, woken_at=now)
    except IntegrityError:
        # Somebody made the row meanwhile; if it is the vault that does not exist, there is nothing to wake.
        alarms.update(**change)


def claim_due(
    lanes: Sequence[str], worker: str, now: datetime, lease_seconds: float, *, limit: int = 1
) -> list[Claim]:
    """Take up to `limit` lanes that are due and that nobody holds, the longest due first.

    Nobody else gets them before the lease ends. Works with any number of workers, on SQLite by a conditional
    update under the write lock, on PostgreSQL by row locks that others skip.
    """
    free = Alarm.objects.filter(
        Q(lease_until__isnull=True) | Q(lease_until__lte=now),
        vault__state=Vault.State.OPEN,
        lane__in=lanes,
        due_at__lte=now,
    ).order_by("due_at", "pk")
    if not free.exists():
        # Looking costs no write lock; most looks find nothing.
        return []
    lease_until = now + timedelta(seconds=lease_seconds)
    claims: list[Claim] = []
    with transaction.atomic():
        rows = free
        if connection.features.has_select_for_update_skip_locked:
            rows = free.select_for_update(skip_locked=True, of=("self",))
        for alarm in rows[:limit]:
            lease_by = f"{worker}#{secrets.token_hex(8)}"
            Alarm.objects.filter(pk=alarm.pk).update(lease_until=lease_until, lease_by=lease_by)
            claims.append(_claim(alarm, lease_by, lease_until))
    return claims


def _claim(alarm: Alarm, lease_by: str, lease_until: datetime) -> Claim:
    if alarm.due_at is None:
        raise TypeError("only an alarm that is set can be claimed")
    return Claim(
        alarm_id=alarm.pk,
        vault_id=alarm.vault_id,
        lane=alarm.lane,
        due_at=alarm.due_at,
        woken_at=alarm.woken_at,
        version=alarm.version,
        lease_by=lease_by,
        lease_until=lease_until,
    )


def settle(claim: Claim, next_due: datetime | None, *, now: datetime) -> bool:
    """Give a lane back; `next_due` is when the vault next wants to be looked at, None for not at all.

    When the alarm was set again since the claim, it stays as it is and is due at once. Answers whether the
    claim still held; if not, its lease had ended and another worker may have taken the lane.
    """
    held = Alarm.objects.filter(pk=claim.alarm_id, lease_by=claim.lease_by)
    released: dict[str, object] = {"lease_until": None, "lease_by": ""}
    due = _with_looks_again(claim, next_due, now)
    if held.filter(version=claim.version).update(due_at=due, **released):
        return True
    return bool(held.update(**released))


def _with_looks_again(claim: Claim, next_due: datetime | None, now: datetime) -> datetime | None:
    age = now - claim.woken_at
    if age >= LONGEST_TRANSACTION:
        return next_due
    again = min(now + max(_FIRST_LOOK_AGAIN, 3 * age), claim.woken_at + LONGEST_TRANSACTION)
    return again if next_due is None else min(again, next_due)


def renew(claim: Claim, *, now: datetime, lease_seconds: float) -> Claim | None:
    """Hold a lane for `lease_seconds` from now on. Answers None when the lease had ended and is lost."""
    lease_until = now + timedelta(seconds=lease_seconds)
    held = Alarm.objects.filter(pk=claim.alarm_id, lease_by=claim.lease_by, lease_until__gt=now)
    return replace(claim, lease_until=lease_until) if held.update(lease_until=lease_until) else None

"""Counting what is used, and noting sign-ins. A meter's name is fixed in code, never made of content."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Sum

from opsystem.control.usage.models import Count, SignIn
from opsystem.kit import clock

_METER = re.compile(r"[a-z][a-z0-9_.-]{0,59}")
NOBODY = 0


def count(meter: str, amount: int = 1, *, business_id: int = NOBODY, day: date | None = None) -> None:
    """Add to a meter of a business on a day (UTC; today). AI tokens are `ai.tokens.in` and `ai.tokens.out`.

    Raises ValueError for a name that could hold content.
    """
    if not _METER.fullmatch(meter) or amount < 0:
        raise ValueError("a meter has a plain lower-case name and counts upwards")
    row = Count.objects.filter(business_id=business_id, day=day or clock.now().date(), meter=meter)
    if row.update(amount=F("amount") + amount):
        return
    try:
        with transaction.atomic():
            Count.objects.create(
                business_id=business_id, day=day or clock.now().date(), meter=meter, amount=amount
            )
    except IntegrityError:
        # Somebody began this day's row a moment earlier.
        row.update(amount=F("amount") + amount)


def total(
    meter: str, *, business_id: int = NOBODY, since: date | None = None, until: date | None = None
) -> int:
    """Return the sum of a meter over days, both ends included. `csp.` means all that begin so."""
    rows = Count.objects.filter(business_id=business_id)
    rows = rows.filter(meter__startswith=meter) if meter.endswith(".") else rows.filter(meter=meter)
    if since is not None:
        rows = rows.filter(day__gte=since)
    if until is not None:
        rows = rows.filter(day__lte=until)
    return int(rows.aggregate(total=Sum("amount"))["total"] or 0)


def note_sign_in(person_id: int, *, ip: str | None, method: str) -> None:
    """Note that a person signed in."""
    SignIn.objects.create(person_id=person_id, ip=ip, method=method)


def forget_addresses(before: datetime) -> int:
    """Drop the addresses of sign-ins before a moment (kept 90 days, security.md g). Answers how many."""
    return SignIn.objects.filter(at__lt=before, ip__isnull=False).update(ip=None)

"""Times at which somebody is free: what a client may choose from. Looked for at the office's desk.

The same state of the vault gives the same times in the same order. Of several free people the one with the
least to do that day goes, then the one who is longest on the team.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, or_, select

from opsystem.business.hub.models import SlotHold
from opsystem.business.hub.records import FreeTime
from opsystem.business.hub.rules import rules_of
from opsystem.business.jobs.models import Assignment, Visit
from opsystem.business.profile.queries import to_utc, zone_of
from opsystem.business.team.models import Member
from opsystem.kit import clock
from opsystem.operations import Role, Work

# Used while the business has set no hours of its own: Monday to Friday, eight to five.
OPENS, CLOSES, WORKDAYS = time(8), time(17), frozenset(range(5))
_STEP = timedelta(minutes=60)
_A_DAY, _DAYS = 6, 6


@dataclass(frozen=True)
class FreeTimes:
    """A free time and who would go."""

    shown: FreeTime
    member_id: int


@dataclass(frozen=True)
class _Busy:
    member_id: int
    starts_at: datetime
    ends_at: datetime


def free_times(
    work: Work, *, minutes: int, leave_out: int | None = None, held_by: str | None = None
) -> list[FreeTimes]:
    """Return the next free times of `minutes`, at most six a day on six days.

    `leave_out` is a visit that is to be moved; what `held_by` holds itself is free for it.
    """
    rules = rules_of(work)
    earliest = work.now + timedelta(hours=rules.lead_hours)
    today = clock.local(work.now, zone_of(work.session)).date()
    last = today + timedelta(days=rules.days_ahead)
    people, length = _people(work), timedelta(minutes=minutes)
    busy = _busy(work, earliest, last, leave_out, held_by)
    found: list[FreeTimes] = []
    day, days = today, 0
    while day <= last and days < _DAYS:
        of_day = _of_day(work, day, length, earliest, people, busy)[:_A_DAY]
        found += of_day
        days += bool(of_day)
        day += timedelta(days=1)
    return found


def _of_day(
    work: Work, day: date, length: timedelta, earliest: datetime, people: list[int], busy: list[_Busy]
) -> list[FreeTimes]:
    if day.weekday() not in WORKDAYS:
        return []
    start = to_utc(work, datetime.combine(day, OPENS))
    close = to_utc(work, datetime.combine(day, CLOSES))
    todays = [one for one in busy if one.starts_at < close and one.ends_at > start]
    load = {person: sum(one.member_id == person for one in todays) for person in people}
    found = []
    while start + length <= close:
        end = start + length
        free = [one for one in people if _is_free(todays, one, start, end)] if start >= earliest else []
        if free:
            goes = min(free, key=lambda one: (load[one], one))
            found.append(FreeTimes(FreeTime(_key(start, length), start, end), goes))
        start += _STEP
    return found


def _is_free(busy: Iterable[_Busy], person: int, start: datetime, end: datetime) -> bool:
    return not any(one.member_id == person and one.starts_at < end and one.ends_at > start for one in busy)


def _key(start: datetime, length: timedelta) -> str:
    return hashlib.sha256(f"{start.isoformat()} {length}".encode()).hexdigest()[:16]


def _people(work: Work) -> list[int]:
    """Return who goes to clients: the technicians, or whoever there is in a business without any."""
    present = list(
        work.session.scalars(select(Member).where(Member.removed_at.is_(None)).order_by(Member.id))
    )
    technicians = [one.id for one in present if one.role == Role.TECHNICIAN.value]
    return technicians or [one.id for one in present if one.role == Role.OWNER.value]


def _busy(work: Work, since: datetime, last: date, leave_out: int | None, held_by: str | None) -> list[_Busy]:
    until = to_utc(work, datetime.combine(last + timedelta(days=1), time.min))
    visits = (
        select(Assignment.member_id, Visit.starts_at, Visit.ends_at)
        .join(Visit, Visit.id == Assignment.visit_id)
        .where(Visit.cancelled_at.is_(None), Visit.finished_at.is_(None))
        .where(Visit.ends_at > since, Visit.starts_at < until, Visit.id != (leave_out or 0))
    )
    holds = select(SlotHold.member_id, SlotHold.starts_at, SlotHold.ends_at).where(
        SlotHold.expires_at > work.now, SlotHold.used_at.is_(None), _not_by(held_by)
    )
    rows = [*work.session.execute(visits), *work.session.execute(holds)]
    return [_Busy(row.member_id, row.starts_at, row.ends_at) for row in rows]


def _not_by(held_by: str | None) -> ColumnElement[bool]:
    return or_(SlotHold.key != (held_by or ""), SlotHold.key.is_(None))

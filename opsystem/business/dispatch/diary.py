"""The diary: what each person works and is busy with over some days, in whole minutes since 1970.

Read past the row scope, over plain tables (see `hours.calendar`): free time is the same whoever asks.
Nothing of a visit leaves this room but its number, its time and its spot.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import String

from opsystem.business.dispatch.minutes import minute_at, minute_of
from opsystem.business.dispatch.spots import spots_of
from opsystem.business.dispatch.travel import NOWHERE, Spot
from opsystem.business.hours.calendar import WorkDay, work_days
from opsystem.business.profile.queries import zone_of
from opsystem.business.record import Record

_TABLES: Mapping[str, Table] = Record.metadata.tables
# Longer than any visit (a week), so that one that began before the first day is seen.
_BEFORE = timedelta(days=8)
_LONGEST = 8 * 24 * 60
_DAY = 1440


@dataclass(frozen=True, slots=True)
class Busy:
    """A visit in somebody's day."""

    start: int
    end: int
    visit: int
    spot: Spot


@dataclass(frozen=True)
class Diary:
    """Days and visits of some people. `midnights` has the minute at which each day begins."""

    zone: str
    names: dict[int, str]
    days: list[date]
    midnights: dict[date, int]
    work: dict[tuple[int, date], WorkDay]
    busy: dict[int, list[Busy]] = field(default_factory=dict)

    def stretches(self, member: int, day: date) -> list[tuple[int, int]]:
        """Return what somebody works on a day, as minutes since 1970."""
        midnight = self.midnights[day]
        if self.midnights[day + timedelta(days=1)] - midnight == _DAY:
            return [(midnight + start, midnight + end) for start, end in self.work[member, day].stretches]
        # The clocks change on this day.
        return [
            (minute_at(day, start, self.zone), minute_at(day, end, self.zone))
            for start, end in self.work[member, day].stretches
        ]

    def between(self, member: int, start: int, end: int) -> list[Busy]:
        """Return somebody's visits that touch a stretch of time."""
        rows = self.busy.get(member, [])
        first = bisect_left(rows, start - _LONGEST, key=lambda one: one.start)
        found = []
        for row in rows[first:]:
            if row.start >= end:
                break
            if row.end > start:
                found.append(row)
        return found


def open_diary(
    session: Session, members: Collection[int], first: date, last: date, *, leave_out: Collection[int] = ()
) -> Diary:
    """Return the diary of people over days, both included; visits of `leave_out` are not looked at."""
    zone = zone_of(session)
    table = _TABLES["member"]
    people = select(table.c.id, table.c.name).where(table.c.id.in_(members)).order_by(table.c.id)
    names = {row.id: row.name for row in session.execute(people)}
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return Diary(
        zone=zone,
        names=names,
        days=days,
        midnights={day: minute_at(day, 0, zone) for day in [*days, last + timedelta(days=1)]},
        work=work_days(session, names, first, last),
        busy=_busy(session, names, first, last, zone, leave_out),
    )


def _busy(
    session: Session, members: Collection[int], first: date, last: date, zone: str, leave_out: Collection[int]
) -> dict[int, list[Busy]]:
    visit, assignment, job = _TABLES["visit"], _TABLES["assignment"], _TABLES["job"]
    since = datetime.combine(first, time.min, ZoneInfo(zone))
    until = datetime.combine(last, time.min, ZoneInfo(zone)) + timedelta(days=1)
    statement = (
        select(
            assignment.c.member_id,
            visit.c.id,
            # As text: these are thousands of rows, and a short slice of each is read.
            type_coerce(visit.c.starts_at, String).label("starts"),
            type_coerce(visit.c.ends_at, String).label("ends"),
            job.c.property_id,
        )
        .join(assignment, assignment.c.visit_id == visit.c.id)
        .join(job, job.c.id == visit.c.job_id)
        .where(
            visit.c.starts_at >= since - _BEFORE,
            visit.c.starts_at < until,
            visit.c.ends_at > since,
            visit.c.cancelled_at.is_(None),
            visit.c.finished_at.is_(None),
        )
        .order_by(visit.c.starts_at, visit.c.id)
    )
    wanted, left_out = set(members), set(leave_out)
    rows = [row for row in session.execute(statement) if row[0] in wanted and row[1] not in left_out]
    spots = spots_of(session, {row[4] for row in rows if row[4] is not None})
    found: dict[int, list[Busy]] = defaultdict(list)
    minutes: dict[str, int] = {}
    for member, number, starts, ends, place in rows:
        for text in (starts, ends):
            if text not in minutes:
                minutes[text] = minute_of(datetime.fromisoformat(text))
        # An end within a minute counts as busy to the end of that minute.
        end = minutes[ends] + (ends[17:19] != "00")
        found[member].append(Busy(minutes[starts], end, number, spots.get(place, NOWHERE)))
    return found

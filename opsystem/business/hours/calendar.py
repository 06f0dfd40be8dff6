"""Who works when, over a span of days.

Read past the row scope, over plain tables: whether somebody works at nine must be the same answer for
whoever asks, and it tells nothing about a client. Only rooms that answer with free time use it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Table, or_, select
from sqlalchemy.orm import Session

from opsystem.business.hours.stretches import Stretch, merged, without
from opsystem.business.record import Record

_TABLES: Mapping[str, Table] = Record.metadata.tables
USUAL_WEEK: dict[int, list[Stretch]] = {day: [(480, 1020)] for day in range(5)}
_WHOLE_DAY = (0, 1440)


@dataclass(frozen=True)
class WorkDay:
    """What one person works on one day, in minutes after midnight; `away` says why not, in a word."""

    stretches: list[Stretch]
    away: str


def weeks_of(session: Session, members: Iterable[int]) -> dict[int | None, dict[int, list[Stretch]]]:
    """Return the week of the business (None) and of each person, by weekday."""
    table = _TABLES["working_time"]
    found: dict[int | None, dict[int, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
    for row in session.execute(select(table).order_by(table.c.id)):
        found[row.member_id][row.weekday].append((row.starts_minute, row.ends_minute))
    business = found.get(None) or USUAL_WEEK
    return {None: business, **{member: found.get(member) or business for member in members}}


def work_days(
    session: Session, members: Iterable[int], first: date, last: date
) -> dict[tuple[int, date], WorkDay]:
    """Return what each person works on each day from `first` to `last`, both included."""
    people = list(members)
    weeks = weeks_of(session, people)
    table = _TABLES["day_exception"]
    statement = (
        select(table)
        .where(
            table.c.first_day <= last,
            table.c.last_day >= first,
            or_(table.c.member_id.is_(None), table.c.member_id.in_(people)),
        )
        .order_by(table.c.id)
    )
    special = list(session.execute(statement))
    days: dict[tuple[int, date], WorkDay] = {}
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        today = [row for row in special if row.first_day <= day <= row.last_day]
        for person in people:
            week = weeks[person].get(day.weekday(), [])
            days[person, day] = _work_day(week, [row for row in today if row.member_id in (None, person)])
    return days


def _work_day(week: list[Stretch], special: list[Row[Any]]) -> WorkDay:
    worked, holes, words = list(week), [], []
    own = [row for row in special if row.works]
    if own:
        # Hours of a person go before hours of the business, and both before the week's.
        personal = [row for row in own if row.member_id is not None] or own
        worked = [_span(row) for row in personal]
    for row in special:
        if not row.works:
            holes.append(_span(row))
            words.append(row.reason or ("closed" if row.member_id is None else "off"))
    return WorkDay(without(worked, holes) if holes else merged(worked), ", ".join(words))


def _span(row: Row[Any]) -> Stretch:
    if row.starts_minute is None:
        return _WHOLE_DAY
    return (row.starts_minute, row.ends_minute)

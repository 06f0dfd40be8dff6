"""Weeks of a time sheet: when they begin, and that an approved one is closed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from opsystem.business.profile.queries import to_utc, zone_of
from opsystem.business.timesheets.models import WeekApproval
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Work


def monday_of(day: date) -> date:
    """Return the Monday of the week a day is in. Raises Invalid for a day far away."""
    if not 2000 <= day.year <= 2100:
        message = "Give a day between 2000 and 2100."
        raise Invalid(message, code="bad_day", fields={"monday": message})
    return day - timedelta(days=day.weekday())


def bounds(work: Work, since: date, until: date) -> tuple[datetime, datetime]:
    """Return the moments between which the days `since` to `until` lie, both included."""
    first = to_utc(work, datetime.combine(since, time.min))
    return first, to_utc(work, datetime.combine(until + timedelta(days=1), time.min))


def approval_of(work: Work, member_id: int, moment: datetime) -> WeekApproval | None:
    """Return the approval of the week in which a moment lies."""
    monday = monday_of(clock.local(moment, zone_of(work.session)).date())
    statement = select(WeekApproval).where(WeekApproval.member_id == member_id, WeekApproval.monday == monday)
    return work.session.scalars(statement).one_or_none()


def refuse_if_approved(work: Work, member_id: int, *moments: datetime | None) -> None:
    """Raise Conflict when one of these moments lies in a week that was approved."""
    for moment in moments:
        known = approval_of(work, member_id, moment) if moment is not None else None
        if known is not None:
            raise Conflict(
                f"The week of {known.monday:%b} {known.monday.day} was approved by {known.approved_by}."
                " Open it again first.",
                code="week_approved",
            )

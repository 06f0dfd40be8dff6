"""What may be done about working hours."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated

from pydantic import Field
from sqlalchemy import delete

from opsystem.business.hours.area import plain_postcode
from opsystem.business.hours.models import DayException, SchedulingRules, ServicePostcode, WorkingTime
from opsystem.business.hours.queries import exception_row, scheduling_rules, show_hours
from opsystem.business.hours.records import DayHours, ExceptionRow, RulesRecord, WeekHours, minute_of
from opsystem.business.hours.stretches import merged
from opsystem.business.references import MemberRef, number_of
from opsystem.business.team.models import Member
from opsystem.business.wording import Line
from opsystem.kit.errors import Invalid
from opsystem.operations import Effect, Permission, Work, operation

Week = Annotated[tuple[DayHours, ...], Field(max_length=42, description="Every stretch of the week.")]
WindowMinutes = Annotated[
    int, Field(ge=0, le=240, multiple_of=15, description="Minutes; 0 tells clients the time itself.")
]
Postcodes = Annotated[
    tuple[Annotated[str, Field(min_length=2, max_length=12)], ...],
    Field(max_length=5000, description="Postcodes the business goes to; none at all means everywhere."),
]
_LONGEST_DAYS = 400


@operation(permission=Permission.TEAM_MANAGE, effect=Effect.DRAFT, label="Set working week")
def set_week(work: Work, *, week: Week, member: MemberRef | None = None) -> WeekHours:
    """Set the working week of the business, or of a person; one with an empty week follows it."""
    person = work.get(Member, number_of(member), "person on the team") if member else None
    stretches = [(day.weekday.number, minute_of(day.starts), minute_of(day.ends, end=True)) for day in week]
    for weekday, starts, ends in stretches:
        same_day = [(first, last) for other, first, last in stretches if other == weekday]
        if starts >= ends or sum(last - first for first, last in same_day) != _length(same_day):
            message = "Each stretch has to end after it begins, and none may overlap another."
            raise Invalid(message, code="bad_hours", fields={"week": message})
    number = person.id if person else None
    work.session.execute(delete(WorkingTime).where(WorkingTime.member_id.is_not_distinct_from(number)))
    work.session.add_all(
        WorkingTime(member_id=number, weekday=day, starts_minute=starts, ends_minute=ends)
        for day, starts, ends in stretches
    )
    work.session.flush()
    work.describe(f"Set the working week of {person.name if person else 'the business'}")
    return work.do(show_hours, member=member)


def _length(stretches: list[tuple[int, int]]) -> int:
    return sum(end - start for start, end in merged(stretches))


@operation(permission=Permission.JOBS_WRITE, effect=Effect.DRAFT, label="Add days off or special hours")
def add_day_exception(
    work: Work,
    *,
    first_day: date,
    last_day: date | None = None,
    member: MemberRef | None = None,
    starts: time | None = None,
    ends: time | None = None,
    works: bool = False,
    reason: Line = "",
) -> ExceptionRow:
    """Note a holiday (no member), time off, or with `works` hours that are worked in place of the week's.

    Without times it is about whole days. What is already booked then stays and is shown as a conflict.
    """
    person = work.get(Member, number_of(member), "person on the team") if member else None
    until = last_day or first_day
    _check(first_day, until, starts, ends, works=works)
    row = DayException(
        member_id=person.id if person else None,
        first_day=first_day,
        last_day=until,
        starts_minute=minute_of(starts) if starts is not None else None,
        ends_minute=minute_of(ends, end=True) if ends is not None else None,
        works=works,
        reason=reason,
        added_at=work.now,
        added_by=work.actor.name,
    )
    work.session.add(row)
    work.session.flush()
    who = person.name if person else "everybody"
    work.describe(f"Noted {'special hours' if works else reason or 'time off'} of {who} from {first_day}")
    return exception_row(row, person.name if person else None)


def _check(first: date, last: date, starts: time | None, ends: time | None, *, works: bool) -> None:
    if last < first or (last - first).days > _LONGEST_DAYS:
        message = "The last day has to be on or after the first, at most a year later."
        raise Invalid(message, code="bad_days", fields={"last_day": message})
    if (starts is None) != (ends is None) or (works and starts is None):
        message = "Give both times, or none for the whole day."
        raise Invalid(message, code="bad_hours", fields={"ends" if starts else "starts": message})
    if starts is not None and ends is not None and minute_of(starts) >= minute_of(ends, end=True):
        message = "The end has to be after the beginning."
        raise Invalid(message, code="bad_hours", fields={"ends": message})


@operation(permission=Permission.JOBS_WRITE, effect=Effect.DRAFT, label="Remove days off or special hours")
def remove_day_exception(
    work: Work, *, exception: Annotated[int, Field(ge=1, le=2**53, description="Its `id` in the list.")]
) -> RulesRecord:
    """Take back a holiday, time off or special hours."""
    row = work.get(DayException, exception, "entry")
    work.describe(f"Removed {row.reason or 'time off'} from {row.first_day}")
    work.session.delete(row)
    work.session.flush()
    return work.do(scheduling_rules)


@operation(permission=Permission.SETTINGS_MANAGE, effect=Effect.DRAFT, label="Set scheduling rules")
def set_scheduling_rules(
    work: Work, *, window_minutes: WindowMinutes | None = None, postcodes: Postcodes | None = None
) -> RulesRecord:
    """Set the usual arrival window (new visits get it) and the service area. What is not given stays."""
    if window_minutes is not None:
        row = work.session.get(SchedulingRules, 1) or SchedulingRules(id=1)
        row.window_minutes = window_minutes
        work.session.add(row)
    if postcodes is not None:
        work.session.execute(delete(ServicePostcode))
        plain = dict.fromkeys(plain_postcode(one) for one in postcodes)
        work.session.add_all(ServicePostcode(postcode=one) for one in plain if one)
    work.session.flush()
    work.describe("Changed the scheduling rules")
    return work.do(scheduling_rules)

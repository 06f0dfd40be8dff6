"""What may be asked about working hours."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select

from opsystem.business.hours.calendar import weeks_of
from opsystem.business.hours.models import DayException, ServicePostcode, WorkingTime
from opsystem.business.hours.records import DayHours, ExceptionRow, RulesRecord, Weekday, WeekHours, time_of
from opsystem.business.hours.windows import usual_window
from opsystem.business.references import MemberRef, number_of
from opsystem.business.team.models import Member
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query


@query(permission=Permission.TEAM_READ, label="Show hours")
def show_hours(work: Work, *, member: MemberRef | None = None) -> WeekHours:
    """Show the working week of the business, or of a person of the team."""
    number = work.get(Member, number_of(member), "person on the team").id if member else None
    own = select(WorkingTime.id).where(WorkingTime.member_id.is_(None))
    if number is not None:
        own = select(WorkingTime.id).where(WorkingTime.member_id == number)
    week = weeks_of(work.session, [number] if number is not None else [])[number]
    days = list(Weekday)
    return WeekHours(
        member=member,
        own=work.session.scalar(own.limit(1)) is not None,
        week=[
            DayHours(days[day], time_of(start), time_of(end))
            for day in sorted(week)
            for start, end in sorted(week[day])
        ],
    )


@query(permission=Permission.TEAM_READ, label="List days off")
def list_day_exceptions(
    work: Work, *, since: date, until: date | None = None, member: MemberRef | None = None
) -> list[ExceptionRow]:
    """List holidays, time off and special hours from the day `since` on; with `member`, of one person and
    of everybody."""
    statement = (
        select(DayException, Member.name)
        .outerjoin(Member, Member.id == DayException.member_id)
        .where(DayException.last_day >= since)
        .order_by(DayException.first_day, DayException.id)
    )
    if until is not None:
        statement = statement.where(DayException.first_day <= until)
    if member is not None:
        statement = statement.where(
            or_(DayException.member_id.is_(None), DayException.member_id == number_of(member))
        )
    return [exception_row(row, name) for row, name in work.session.execute(statement)]


@query(permission=Permission.JOBS_READ, label="Show scheduling rules")
def scheduling_rules(work: Work) -> RulesRecord:
    """Show the usual arrival window in minutes (0: clients are told the time itself) and the service area."""
    postcodes = select(ServicePostcode.postcode).order_by(ServicePostcode.postcode)
    return RulesRecord(usual_window(work.session), list(work.session.scalars(postcodes)))


def exception_row(row: DayException, name: str | None) -> ExceptionRow:
    """Return what is told about days that differ."""
    return ExceptionRow(
        id=row.id,
        member=make_ref("member", row.member_id) if row.member_id is not None else None,
        member_name=name,
        first_day=row.first_day,
        last_day=row.last_day,
        starts=time_of(row.starts_minute) if row.starts_minute is not None else None,
        ends=time_of(row.ends_minute) if row.ends_minute is not None else None,
        works=row.works,
        reason=row.reason,
    )

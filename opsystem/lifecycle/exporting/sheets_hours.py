"""The tables of an export about who works when."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.hours.models import DayException, WorkingTime
from opsystem.business.hours.records import Weekday, time_of
from opsystem.business.team.models import Member
from opsystem.lifecycle.exporting.sheets import Sheet

_DAYS = [day.name.capitalize() for day in Weekday]


def _clock(minute: int | None) -> str:
    return "" if minute is None else time_of(minute).strftime("%H:%M")


HOURS_SHEETS = (
    Sheet(
        "Working hours.csv",
        "When the business and its people work every week",
        "Person, Day, From, To",
        select(WorkingTime, Member).outerjoin(Member, Member.id == WorkingTime.member_id),
        WorkingTime.id,
        lambda row, _: (
            row.Member.name if row.Member else "Everybody", _DAYS[row.WorkingTime.weekday % 7],
            _clock(row.WorkingTime.starts_minute), _clock(row.WorkingTime.ends_minute),
        ),
    ),
    Sheet(
        "Days off and special hours.csv",
        "Holidays, time off, and days with other hours",
        "Person, First day, Last day, From, To, Worked, Reason, Noted, Noted by",
        select(DayException, Member).outerjoin(Member, Member.id == DayException.member_id),
        DayException.id,
        lambda row, words: (
            row.Member.name if row.Member else "Everybody", row.DayException.first_day.isoformat(),
            row.DayException.last_day.isoformat(), _clock(row.DayException.starts_minute),
            _clock(row.DayException.ends_minute), "yes" if row.DayException.works else "no",
            row.DayException.reason, words.at(row.DayException.added_at), row.DayException.added_by,
        ),
    ),
)  # fmt: skip

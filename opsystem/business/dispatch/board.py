"""What the board shows: the visits of some days, each with its version and what speaks against its time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from opsystem.business.dispatch.conflicts import troubles_of
from opsystem.business.dispatch.diary import open_diary
from opsystem.business.dispatch.minutes import minute_of
from opsystem.business.dispatch.queries import list_lanes
from opsystem.business.dispatch.records import LaneDay
from opsystem.business.dispatch.spots import spots_of
from opsystem.business.dispatch.travel import NOWHERE
from opsystem.business.dispatch.versions import version_of
from opsystem.business.jobs.models import Assignment, Visit
from opsystem.business.jobs.queries import list_visits
from opsystem.business.jobs.records import VisitRow
from opsystem.business.profile.queries import to_utc
from opsystem.business.references import MemberRef, number_of
from opsystem.operations import Permission, Work, query

_OVER = {"finished", "cancelled"}


@dataclass(frozen=True)
class BoardVisit:
    """A visit on the board. `version` goes with whatever moves it; `troubles` are whole sentences."""

    visit: VisitRow
    version: str
    troubles: list[str]


@dataclass(frozen=True)
class Board:
    """Visits in the order of time, and what each person works; lanes are there for those who may see them."""

    visits: list[BoardVisit]
    lanes: list[LaneDay]


@query(permission=Permission.JOBS_READ, label="Show board")
def show_board(
    work: Work, *, since: date, until: date | None = None, member: MemberRef | None = None
) -> Board:
    """Show the visits of some days with what speaks against their times, and who works when."""
    last = until or since
    asked = {"member": member} if member is not None else {}
    visits = work.do(list_visits, since=since, until=last, **asked)
    people = {one.id for row in visits for one in row.assignees}
    sees_all = work.actor.may(Permission.TEAM_READ)
    if not sees_all:
        # What others have besides is nothing a technician is told.
        people &= {work.actor.member_id or 0}
    diary = open_diary(work.session, people, since, last + timedelta(days=7))
    spots = spots_of(work.session, {number_of(row.property) for row in visits if row.property is not None})
    shown = []
    for row in visits:
        found: list[str] = []
        if row.state.value not in _OVER:
            spot = spots.get(number_of(row.property), NOWHERE) if row.property is not None else NOWHERE
            going = [one.id for one in row.assignees]
            start, end = minute_of(row.starts_at), minute_of(row.ends_at)
            found = [one.words for one in troubles_of(diary, going, start, end, spot, row.id)]
        version = version_of(row.starts_at, row.ends_at, [one.id for one in row.assignees], row.state.value)
        shown.append(BoardVisit(row, version, found))
    lanes = work.do(list_lanes, since=since, until=last, **asked) if sees_all else []
    return Board(shown, lanes)


@query(permission=Permission.JOBS_READ, label="Mark of the board", assistant=False)
def board_mark(work: Work, *, since: date, until: date | None = None) -> str:
    """Return a mark that is another one as soon as anything on these days changed place, people or state."""
    start = to_utc(work, datetime.combine(since, time.min))
    end = to_utc(work, datetime.combine((until or since) + timedelta(days=1), time.min))
    times = (Visit.starts_at, Visit.ends_at, Visit.started_at, Visit.finished_at, Visit.cancelled_at)
    statement = (
        select(Visit.id, *times, Assignment.member_id)
        .outerjoin(Assignment, Assignment.visit_id == Visit.id)
        .where(Visit.starts_at >= start, Visit.starts_at < end)
        .order_by(Visit.id, Assignment.member_id)
    )
    seen = hashlib.sha256()
    for row in work.session.execute(statement):
        seen.update(repr(tuple(row)).encode())
    return seen.hexdigest()[:16]

"""Writing a stamp down. It may come late, twice, or before the one that should be first.

Of two equal presses by one person the first to have happened counts, so whatever order they reach
us in, the visit and the hours end up the same.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from opsystem.business.jobs.models import Assignment, Visit
from opsystem.business.jobs.stamps.entries import follow_stamps
from opsystem.business.jobs.stamps.models import Stamp
from opsystem.business.jobs.stamps.spans import Press
from opsystem.kit.errors import Invalid
from opsystem.operations import Work

# A phone's clock may be a little ahead; what is older than this is typed into the time sheet instead.
_AHEAD, _OLDEST = timedelta(minutes=5), timedelta(days=31)
_ONCE = (Press.ON_WAY, Press.START, Press.FINISH)


def press(work: Work, visit: Visit, what: Press, at: datetime | None = None) -> None:
    """Stamp a visit for whoever it counts for, and let visit and hours follow."""
    moment = _checked(work, at)
    for member_id in _whose(work, visit):
        _keep(work, visit, member_id, what, moment)
        work.session.flush()
        follow_stamps(work, visit, member_id)
    tell_visit(work, visit)


def tell_visit(work: Work, visit: Visit) -> None:
    """Let the visit's own facts say what its stamps say."""
    stamps = list(work.session.scalars(select(Stamp).where(Stamp.visit_id == visit.id).order_by(Stamp.at)))
    for what, name in ((Press.ON_WAY, "on_way"), (Press.START, "started"), (Press.FINISH, "finished")):
        first = next((one for one in stamps if one.press == what), None)
        if first is not None:
            setattr(visit, f"{name}_at", first.at)
            setattr(visit, f"{name}_by", first.by)
    breaks = [one for one in stamps if one.press in (Press.PAUSE, Press.RESUME)]
    paused = bool(breaks) and breaks[-1].press == Press.PAUSE and visit.finished_at is None
    visit.paused_at = breaks[-1].at if paused else None


def _checked(work: Work, at: datetime | None) -> datetime:
    if at is None:
        return work.now
    if at > work.now + _AHEAD:
        message = "This lies in the future. Check the phone's clock."
        raise Invalid(message, code="not_yet", fields={"at": message})
    if at < work.now - _OLDEST:
        message = "This is more than a month ago. Write it into the time sheet instead."
        raise Invalid(message, code="too_old", fields={"at": message})
    return min(at, work.now)


def _whose(work: Work, visit: Visit) -> list[int]:
    """Return whose time it is: who presses, if that person goes there; else everybody who goes there."""
    going = list(work.session.scalars(select(Assignment.member_id).where(Assignment.visit_id == visit.id)))
    mine = work.actor.member_id
    if mine is not None and (mine in going or not going):
        return [mine]
    return going


def _keep(work: Work, visit: Visit, member_id: int, what: Press, at: datetime) -> None:
    same = select(Stamp).where(
        Stamp.visit_id == visit.id, Stamp.member_id == member_id, Stamp.press == what.value
    )
    if what not in _ONCE:
        same = same.where(Stamp.at == at)
    known = work.session.scalars(same).first()
    if known is None:
        work.session.add(
            Stamp(
                visit_id=visit.id,
                member_id=member_id,
                press=what.value,
                at=at,
                noted_at=work.now,
                by=work.actor.name,
            )
        )
    elif at < known.at:
        known.at = at

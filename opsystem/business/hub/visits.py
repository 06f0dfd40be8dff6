"""A client's visits: shown, confirmed, moved to a free time, cancelled, within the business's notice."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from opsystem.business.clients.models import Property
from opsystem.business.hub.free_times import FreeTimes, free_times
from opsystem.business.hub.models import Confirmation
from opsystem.business.hub.records import Answered, FreeTime, MyVisit
from opsystem.business.hub.rules import HubRules, rules_of
from opsystem.business.jobs.models import Assignment, Job, Visit
from opsystem.business.jobs.operations import assign_visit, cancel_visit, move_visit
from opsystem.business.jobs.queries.rows import visit_state
from opsystem.business.jobs.scheduling import planned_visit, say_time
from opsystem.business.references import VisitRef, number_of
from opsystem.business.team.models import Member
from opsystem.kit.errors import Conflict
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Work, operation, query
from opsystem.operations.errand import office, run_errand

_PAST_SHOWN = timedelta(days=90)


@query(permission=Permission.HUB, label="Show my visits", assistant=False)
def my_visits(work: Work) -> list[MyVisit]:
    """Show a client his visits of the last three months and all that are planned, the earliest first."""
    statement = (
        select(Visit, Job.title, Property)
        .join(Job, Job.id == Visit.job_id)
        .outerjoin(Property, Property.id == Job.property_id)
        .where(Visit.ends_at > work.now - _PAST_SHOWN)
        .order_by(Visit.starts_at, Visit.id)
        .limit(100)
    )
    with office(work) as desk:
        rules = rules_of(desk)
    found = work.session.execute(statement).all()
    return [_shown(work, visit, title, place, rules) for visit, title, place in found]


@query(permission=Permission.HUB, label="Show my visit", assistant=False)
def my_visit(work: Work, *, visit: VisitRef) -> MyVisit:
    """Show a client one visit of his."""
    row = work.get(Visit, number_of(visit), "visit")
    job = work.get(Job, row.job_id, "job")
    place = work.session.get(Property, job.property_id) if job.property_id is not None else None
    with office(work) as desk:
        rules = rules_of(desk)
    return _shown(work, row, job.title, place, rules)


@query(permission=Permission.HUB, label="Show free times for my visit", assistant=False)
def my_free_times(work: Work, *, visit: VisitRef) -> list[FreeTime]:
    """Show a client to which times a visit of his could be moved."""
    row = work.get(Visit, number_of(visit), "visit")
    return [one.shown for one in _times(work, row)]


@operation(permission=Permission.HUB, effect=Effect.DRAFT, label="Confirm my visit", assistant=False)
def confirm_my_visit(work: Work, *, visit: VisitRef) -> Answered:
    """Confirm a visit as it stands. A visit that is moved afterwards is to be confirmed anew."""
    row = planned_visit(work, visit)
    known = select(Confirmation.id).where(
        Confirmation.visit_id == row.id, Confirmation.starts_at == row.starts_at
    )
    if work.session.scalar(known) is None:
        work.session.add(
            Confirmation(
                visit_id=row.id,
                client_id=work.actor.client_id or 0,
                starts_at=row.starts_at,
                confirmed_at=work.now,
            )
        )
        work.session.flush()
        work.describe(f"Confirmed {row.ref} on {say_time(work, row.starts_at)}")
    return Answered(row.ref, f"Thank you. We will be there {say_time(work, row.starts_at)}.")


@operation(permission=Permission.HUB, effect=Effect.COMMIT, label="Move my visit", assistant=False)
def move_my_visit(work: Work, *, visit: VisitRef, time: str) -> Answered:
    """Move a visit to a free time, named by its key. A time taken meanwhile is refused."""
    row = planned_visit(work, visit)
    _refuse_late(work, row)
    chosen = next((one for one in _times(work, row) if one.shown.key == time), None)
    if chosen is None:
        raise Conflict("This time has just been taken. Please choose another one.", code="slot_taken")
    with office(work) as desk:
        desk.do(move_visit, visit=row.ref, starts_at=chosen.shown.starts_at)
        desk.do(assign_visit, visit=row.ref, members=(make_ref("member", chosen.member_id),))
    said = say_time(work, chosen.shown.starts_at)
    work.describe(f"Moved {visit} to {said}, by link")
    return Answered(visit, f"Your visit is now {said}.")


@operation(permission=Permission.HUB, effect=Effect.COMMIT, label="Cancel my visit", assistant=False)
def cancel_my_visit(work: Work, *, visit: VisitRef) -> Answered:
    """Cancel a visit of the client's own, as long before as the business asks for."""
    row = planned_visit(work, visit)
    _refuse_late(work, row)
    said = say_time(work, row.starts_at)
    run_errand(work, cancel_visit, visit=row.ref)
    work.describe(f"Cancelled {visit} of {said}, by link")
    return Answered(visit, f"Your visit of {said} is cancelled.")


def _times(work: Work, visit: Visit) -> list[FreeTimes]:
    minutes = int((visit.ends_at - visit.starts_at).total_seconds()) // 60
    with office(work) as desk:
        found = free_times(desk, minutes=minutes, leave_out=visit.id)
    return [one for one in found if one.shown.starts_at != visit.starts_at]


def _refuse_late(work: Work, visit: Visit) -> None:
    with office(work) as desk:
        rules = rules_of(desk)
    reason = _fixed(work, visit, rules)
    if reason is not None:
        raise Conflict(reason, code="too_late")


def _fixed(work: Work, visit: Visit, rules: HubRules) -> str | None:
    if visit.cancelled_at is not None or visit.finished_at is not None or visit.started_at is not None:
        return "This visit cannot be changed any more."
    if visit.starts_at - work.now < timedelta(hours=rules.notice_hours):
        return f"Changes are possible until {rules.notice_hours} hours before. Please call us."
    return None


def _shown(work: Work, visit: Visit, title: str, place: Property | None, rules: HubRules) -> MyVisit:
    people = select(Member.name).join(Assignment, Assignment.member_id == Member.id)
    names = work.session.scalars(people.where(Assignment.visit_id == visit.id).order_by(Member.name))
    confirmed = select(Confirmation.confirmed_at).where(
        Confirmation.visit_id == visit.id, Confirmation.starts_at == visit.starts_at
    )
    return MyVisit(
        ref=visit.ref,
        id=visit.id,
        title=title,
        address=place.address if place is not None else None,
        starts_at=visit.window_starts_at or visit.starts_at,
        ends_at=visit.window_ends_at or visit.ends_at,
        state=visit_state(visit).value,
        who=[name.partition(" ")[0] for name in names],
        confirmed_at=work.session.scalar(confirmed.limit(1)),
        fixed=_fixed(work, visit, rules),
    )

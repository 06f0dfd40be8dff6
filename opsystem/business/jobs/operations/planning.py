"""Planning visits: when they are and who goes."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.clients.service import refuse_unless_served
from opsystem.business.hours.windows import window_after_move
from opsystem.business.jobs.models import Assignment, Job, Visit
from opsystem.business.jobs.records import VisitSaved
from opsystem.business.jobs.scheduling import (
    Members,
    Minutes,
    When,
    find_overlaps,
    find_people,
    local_day,
    open_job,
    open_visit,
    people_of,
    planned_visit,
    put_visit,
    say_names,
    say_time,
)
from opsystem.business.jobtypes.fitness import refuse_unfit
from opsystem.business.profile.queries import to_utc
from opsystem.business.references import JobRef, VisitRef, number_of
from opsystem.business.team.models import Member
from opsystem.business.wording import Words
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Work, operation


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Schedule visit")
def schedule_visit(
    work: Work,
    *,
    job: JobRef,
    starts_at: When,
    minutes: Minutes = 60,
    members: Members = (),
    instructions: Words = "",
) -> VisitSaved:
    """Plan a visit for an open job. Somebody booked twice at once is allowed and told in `overlaps`."""
    row = open_job(work, number_of(job))
    refuse_unless_served(work, work.get(Client, row.client_id, "client"))
    people = find_people(work, members)
    visit = put_visit(work, row, to_utc(work, starts_at), minutes, people, instructions)
    going = f", {say_names(people)}" if people else ""
    work.describe(
        f"Scheduled {visit.ref} of {row.ref} “{row.title}”: {say_time(work, visit.starts_at)}{going}"
    )
    return _saved(work, visit, people)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Move visit")
def move_visit(work: Work, *, visit: VisitRef, starts_at: When, minutes: Minutes | None = None) -> VisitSaved:
    """Move a visit that has not begun. It takes as long as before unless `minutes` says else."""
    row = planned_visit(work, visit)
    people, begins = people_of(work, row), to_utc(work, starts_at)
    job = work.get(Job, row.job_id, "job")
    refuse_unfit(work, job.job_type_id, people, local_day(work, begins))
    length = row.ends_at - row.starts_at if minutes is None else timedelta(minutes=minutes)
    row.starts_at = begins
    row.ends_at = row.starts_at + length
    promised = (row.window_starts_at, row.window_ends_at)
    row.window_starts_at, row.window_ends_at = window_after_move(promised, row.starts_at)
    work.session.flush()
    work.describe(f"Moved {row.ref} to {say_time(work, row.starts_at)}")
    return _saved(work, row, people)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Assign visit")
def assign_visit(work: Work, *, visit: VisitRef, members: Members) -> VisitSaved:
    """Say who goes to a visit: exactly these people, or nobody yet."""
    row = open_visit(work, visit)
    people = find_people(work, members)
    job = work.get(Job, row.job_id, "job")
    refuse_unfit(work, job.job_type_id, people, local_day(work, row.starts_at))
    wanted = {person.id for person in people}
    assigned = list(work.session.scalars(select(Assignment).where(Assignment.visit_id == row.id)))
    for assignment in assigned:
        if assignment.member_id not in wanted:
            work.session.delete(assignment)
    missing = wanted - {assignment.member_id for assignment in assigned}
    work.session.add_all(
        Assignment(visit_id=row.id, member_id=person.id) for person in people if person.id in missing
    )
    work.session.flush()
    work.describe(f"Assigned {row.ref} to {say_names(people)}")
    return _saved(work, row, people)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Cancel visit")
def cancel_visit(work: Work, *, visit: VisitRef) -> VisitSaved:
    """Cancel a visit that has not begun. Its job stays open."""
    row = planned_visit(work, visit)
    row.cancelled_at = work.now
    row.cancelled_by = work.actor.name
    work.describe(f"Cancelled {row.ref} of {say_time(work, row.starts_at)}")
    return _saved(work, row, [])


def _saved(work: Work, visit: Visit, people: list[Member]) -> VisitSaved:
    return VisitSaved(
        ref=visit.ref,
        id=visit.id,
        job=make_ref("job", visit.job_id),
        overlaps=find_overlaps(work, visit, people) if people else [],
    )

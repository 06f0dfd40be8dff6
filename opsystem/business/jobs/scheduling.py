"""What the operations on jobs share: people, times, double bookings, and what each state allows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field
from sqlalchemy import select

from opsystem.business.hours.windows import usual_window, window_from
from opsystem.business.jobs.models import Assignment, Job, Visit
from opsystem.business.jobs.records import Overlap
from opsystem.business.jobtypes.fitness import refuse_unfit
from opsystem.business.profile.queries import zone_of
from opsystem.business.references import MemberRef, VisitRef, number_of
from opsystem.business.team.models import Member
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.refs import make_ref
from opsystem.operations import Work


def _in_our_time(moment: datetime) -> datetime:
    if not 2000 <= moment.year <= 2100:
        raise ValueError("Give a date between 2000 and 2100.")
    return moment


When = Annotated[
    datetime,
    AfterValidator(_in_our_time),
    Field(description="When it begins. Without an offset it is the wall clock of the business's zone."),
]
Minutes = Annotated[int, Field(ge=5, le=10_080, description="How long it takes, in minutes.")]
Members = Annotated[tuple[MemberRef, ...], Field(max_length=50, description="Who goes: people of the team.")]


def say_time(work: Work, moment: datetime) -> str:
    """Return a moment as people of the business say it (`Tue Nov 24, 9:00 AM`)."""
    return clock.local(moment, zone_of(work.session)).strftime("%a %b %-d, %-I:%M %p")


def local_day(work: Work, moment: datetime) -> date:
    """Return the day a moment falls on in the business's zone."""
    return clock.local(moment, zone_of(work.session)).date()


def say_names(people: Sequence[Member]) -> str:
    """Return names as people say them (`Bob and Eve`)."""
    names = [person.name for person in people]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or "nobody"


def find_people(work: Work, references: Sequence[str]) -> list[Member]:
    """Return people of the team, each once. Raises Invalid at `members` for one who is not there."""
    people = []
    for reference in dict.fromkeys(references):
        member = work.session.get(Member, number_of(reference))
        if member is None or member.removed_at is not None:
            message = f"{reference} is not on the team."
            raise Invalid(message, code="not_on_team", fields={"members": message})
        people.append(member)
    return people


def put_visit(
    work: Work, job: Job, starts_at: datetime, minutes: int, people: Sequence[Member], instructions: str
) -> Visit:
    """Add a visit of `minutes` to a job, with the usual arrival window, and assign people to it.

    Raises Conflict when somebody lacks what the job's type asks for.
    """
    refuse_unfit(work, job.job_type_id, people, local_day(work, starts_at))
    window = window_from(starts_at, usual_window(work.session)) or (None, None)
    visit = Visit(
        job_id=job.id,
        property_id=job.property_id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        window_starts_at=window[0],
        window_ends_at=window[1],
        instructions=instructions,
    )
    work.session.add(visit)
    work.session.flush()
    work.session.add_all(Assignment(visit_id=visit.id, member_id=person.id) for person in people)
    work.session.flush()
    return visit


def people_of(work: Work, visit: Visit) -> list[Member]:
    """Return who goes to a visit."""
    statement = (
        select(Member)
        .join(Assignment, Assignment.member_id == Member.id)
        .where(Assignment.visit_id == visit.id)
        .order_by(Member.name)
    )
    return list(work.session.scalars(statement))


def find_overlaps(work: Work, visit: Visit, people: Sequence[Member]) -> list[Overlap]:
    """Return the other visits that these people have in the time of a visit."""
    statement = (
        select(Visit, Job.title, Member.id, Member.name)
        .join(Job, Job.id == Visit.job_id)
        .join(Assignment, Assignment.visit_id == Visit.id)
        .join(Member, Member.id == Assignment.member_id)
        .where(
            Assignment.member_id.in_([person.id for person in people]),
            Visit.id != visit.id,
            Visit.cancelled_at.is_(None),
            Visit.finished_at.is_(None),
            Visit.starts_at < visit.ends_at,
            Visit.ends_at > visit.starts_at,
        )
        .order_by(Visit.starts_at, Visit.id, Member.id)
    )
    zone = zone_of(work.session)
    return [
        Overlap(
            member=make_ref("member", member_id),
            member_name=name,
            visit=other.ref,
            title=title,
            starts_at=other.starts_at,
            ends_at=other.ends_at,
            local_start=clock.local(other.starts_at, zone),
        )
        for other, title, member_id, name in work.session.execute(statement)
    ]


def open_job(work: Work, number: int) -> Job:
    """Return a job there is still work to do on. Raises NotFound, Conflict."""
    job = work.get(Job, number, "job")
    if job.merged_at is not None:
        raise Conflict(f"{job.ref} was merged into J-{job.merged_into_id}.", code="job_merged")
    if job.cancelled_at is not None:
        raise Conflict(f"{job.ref} was cancelled by {job.cancelled_by}.", code="job_cancelled")
    if job.completed_at is not None:
        raise Conflict(f"{job.ref} is already done.", code="job_done")
    return job


def open_visit(work: Work, reference: VisitRef) -> Visit:
    """Return a visit that is planned or has begun. Raises NotFound, Conflict."""
    visit = work.get(Visit, number_of(reference), "visit")
    if visit.cancelled_at is not None:
        raise Conflict(f"{visit.ref} was cancelled by {visit.cancelled_by}.", code="visit_cancelled")
    if visit.finished_at is not None:
        raise Conflict(f"{visit.ref} was already finished by {visit.finished_by}.", code="visit_finished")
    return visit


def planned_visit(work: Work, reference: VisitRef) -> Visit:
    """Return a visit that has not begun. Raises NotFound, Conflict."""
    visit = open_visit(work, reference)
    if visit.started_at is not None:
        raise Conflict(
            f"{visit.ref} was already started by {visit.started_by}. Finish it instead.",
            code="visit_started",
        )
    return visit


def open_visits_of(work: Work, job: Job) -> list[Visit]:
    """Return the visits of a job that are planned or have begun, the earliest first."""
    statement = (
        select(Visit)
        .where(Visit.job_id == job.id, Visit.cancelled_at.is_(None), Visit.finished_at.is_(None))
        .order_by(Visit.starts_at, Visit.id)
    )
    return list(work.session.scalars(statement))

"""A job on paper: the sheet a technician takes along, and the report of what was done."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.clients.models import Client, Note, Property
from opsystem.business.files.models import File
from opsystem.business.jobs.access import open_properties
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.queries.rows import visit_rows, visits_with_all
from opsystem.business.jobs.queries.tasks import task_rows
from opsystem.business.jobs.records import TaskRow, VisitRow, VisitState
from opsystem.business.paper.records import (
    Block,
    Entry,
    Fact,
    Head,
    JobSheetPaper,
    ServiceReportPaper,
    Shot,
    Tick,
)
from opsystem.business.printing.letterhead import letterhead, picture_of, placed
from opsystem.business.printing.showing import day_of, local_moment, time_of
from opsystem.business.profile.queries import zone_of
from opsystem.business.references import number_of
from opsystem.kit.phone import show_phone
from opsystem.operations import Work

# What a report can show and still be sent by email.
_MOST_PHOTOS = 40


def job_sheet(work: Work, ref: str) -> JobSheetPaper:
    """Return what a job's sheet shows. It has no prices; access notes only for who may see them now."""
    job = work.get(Job, number_of(ref), "job")
    place = _place(work, job)
    tasks, zone = task_rows(work, job.id), zone_of(work.session)
    ahead = [one for one in _visits(work, job) if one.state in {VisitState.PLANNED, VisitState.STARTED}]
    notes = [Block("About the job", (job.notes,))] if job.notes else []
    if place is not None and place.access_notes and open_properties(work, [place.id]):
        notes.insert(0, Block("How to get in", (place.access_notes,)))
    notes += [
        Block(f"For the visit on {day_of(one.local_start.date())}", (one.instructions,))
        for one in ahead
        if one.instructions
    ]
    return JobSheetPaper(
        _head(work, job, place, "Job sheet"),
        tuple(_entry(one) for one in ahead),
        tuple(notes),
        tuple(_tick(one, zone) for one in tasks),
    )


def service_report(work: Work, ref: str) -> ServiceReportPaper:
    """Return what the report of a job shows: finished visits, checklist, notes of the job, photos."""
    job = work.get(Job, number_of(ref), "job")
    zone = zone_of(work.session)
    notes = work.session.scalars(select(Note).where(Note.job_id == job.id).order_by(Note.id))
    return ServiceReportPaper(
        _head(work, job, _place(work, job), "Service report"),
        "\n".join(note.body for note in notes),
        tuple(_entry(one) for one in _visits(work, job) if one.state is VisitState.FINISHED),
        tuple(_tick(one, zone) for one in task_rows(work, job.id)),
        _shots(work, job),
    )


def _head(work: Work, job: Job, place: Property | None, title: str) -> Head:
    client = work.get(Client, job.client_id, "client")
    reach = (show_phone(client.phone),) if client.phone else ()
    facts = [Fact("Job", job.title)]
    if job.completed_at is not None:
        facts.append(Fact("Completed", local_moment(job.completed_at, zone_of(work.session))))
    blocks = (Block("For", (client.name, *reach)), *((placed(place),) if place is not None else ()))
    return Head(letterhead(work), title, job.ref, tuple(facts), blocks)


def _place(work: Work, job: Job) -> Property | None:
    return work.session.get(Property, job.property_id) if job.property_id is not None else None


def _visits(work: Work, job: Job) -> list[VisitRow]:
    return visit_rows(work, visits_with_all().where(Visit.job_id == job.id).order_by(Visit.starts_at))


def _entry(visit: VisitRow) -> Entry:
    hours = f"{time_of(visit.local_start)} to {time_of(visit.local_end)}"
    who = ", ".join(one.name for one in visit.assignees)
    return Entry(f"{visit.local_start:%a}, {day_of(visit.local_start.date())}", who, hours, "", "")


def _tick(task: TaskRow, zone: str) -> Tick:
    who = f"{task.done_by}, {local_moment(task.done_at, zone)}" if task.done_at is not None else ""
    words = " · ".join(one for one in (task.answer, who) if one)
    return Tick(task.text, task.done_at is not None, words)


def _shots(work: Work, job: Job) -> tuple[Shot, ...]:
    photos = select(File).where(File.job_id == job.id, File.is_photo, File.removed_at.is_(None))
    rows = work.session.scalars(photos.order_by(File.added_at, File.id).limit(_MOST_PHOTOS)).all()
    found = []
    for row in rows:
        words = row.caption or row.name
        picture = picture_of(work, row.id, words, large=True)
        if picture is not None:
            found.append(Shot(picture, words))
    return tuple(found)

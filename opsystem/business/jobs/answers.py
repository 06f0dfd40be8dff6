"""What the lines of a checklist were answered, and which answers are still missing."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Table, or_, select

from opsystem.business.jobs.models import Job, Task, Visit
from opsystem.business.record import Record
from opsystem.kit.errors import Conflict
from opsystem.operations import Work

_MOST_NAMED = 5


def _files() -> Table:
    # Files stand above jobs: here only whether the photo is still there is asked, of the plain table.
    return Record.metadata.tables["file"]


def photo_of_job(work: Work, job_id: int, file_id: int) -> bool:
    """Tell whether a file is a photo of this job that was not removed."""
    file = _files()
    there = select(file.c.id).where(
        file.c.id == file_id, file.c.job_id == job_id, file.c.is_photo, file.c.removed_at.is_(None)
    )
    return work.session.scalar(there) is not None


def is_answered(work: Work, task: Task) -> bool:
    """Tell whether a line has its answer; a photo that was removed again is none."""
    if task.asks == "photo":
        return task.file_id is not None and photo_of_job(work, task.job_id, task.file_id)
    return task.done_at is not None


def unanswered(work: Work, job: Job, visit: Visit | None = None) -> list[Task]:
    """Return the required lines without an answer: of a visit, or of everything that was not cancelled."""
    statement = select(Task).where(Task.job_id == job.id, Task.required).order_by(Task.position, Task.id)
    if visit is not None:
        mine = Task.visit_id == visit.id
        statement = statement.where(mine if _others_open(work, visit) else or_(mine, Task.visit_id.is_(None)))
    else:
        gone = select(Visit.id).where(Visit.job_id == job.id, Visit.cancelled_at.is_not(None))
        statement = statement.where(or_(Task.visit_id.is_(None), Task.visit_id.not_in(gone)))
    return [task for task in work.session.scalars(statement) if not is_answered(work, task)]


def refuse_unanswered(work: Work, job: Job, visit: Visit | None = None) -> None:
    """Raise Conflict that names what is missing before a visit or a whole job may be called done.

    The job's own lines are asked for at its last open visit; lines of a visit at that visit.
    """
    if visit is not None and visit.is_assessment:
        return
    missing = unanswered(work, job, visit)
    if missing:
        message = f"Still missing on the checklist: {name_lines(missing)}."
        raise Conflict(message, code="checklist_open")


def name_lines(tasks: Sequence[Task]) -> str:
    """Return lines as people name them, the first few and how many more."""
    words = {"photo": "photo of ", "reading": "reading of "}
    named = [f"{words.get(one.asks, '')}“{one.text}”" for one in tasks[:_MOST_NAMED]]
    more = len(tasks) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _others_open(work: Work, visit: Visit) -> bool:
    others = select(Visit.id).where(
        Visit.job_id == visit.job_id,
        Visit.id != visit.id,
        Visit.cancelled_at.is_(None),
        Visit.finished_at.is_(None),
        ~Visit.is_assessment,
    )
    return work.session.scalar(others.limit(1)) is not None

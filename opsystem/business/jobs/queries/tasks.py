"""The lines of a job's checklist, as they are told."""

from __future__ import annotations

from sqlalchemy import or_, select

from opsystem.business.jobs.models import Task
from opsystem.business.jobs.records import TaskRow
from opsystem.kit.refs import make_ref
from opsystem.operations import Work


def task_row(task: Task) -> TaskRow:
    """Return what is told about one line."""
    return TaskRow(
        id=task.id,
        position=task.position,
        text=task.text,
        asks=task.asks,
        required=task.required,
        unit=task.unit,
        least_milli=task.least_milli,
        most_milli=task.most_milli,
        choices=task.choices.split("\n") if task.choices else [],
        visit=make_ref("visit", task.visit_id) if task.visit_id is not None else None,
        answer=task.answer,
        reading_milli=task.reading_milli,
        file=make_ref("file", task.file_id) if task.file_id is not None else None,
        done_at=task.done_at,
        done_by=task.done_by,
    )


def task_rows(work: Work, job_id: int, visit_id: int | None = None) -> list[TaskRow]:
    """Return the lines of a job's checklist in order; with a visit, the job's own and that visit's."""
    statement = select(Task).where(Task.job_id == job_id).order_by(Task.position, Task.id)
    if visit_id is not None:
        statement = statement.where(or_(Task.visit_id.is_(None), Task.visit_id == visit_id))
    return [task_row(task) for task in work.session.scalars(statement)]

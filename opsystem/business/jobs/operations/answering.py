"""Answering the lines of a checklist: ticks, photos, readings, words, choices."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated

from pydantic import Field

from opsystem.business.jobs.answers import photo_of_job
from opsystem.business.jobs.models import Job, Task
from opsystem.business.jobs.queries.tasks import task_row
from opsystem.business.jobs.records import TaskRow
from opsystem.business.jobs.scheduling import open_job
from opsystem.business.references import FileRef, JobRef, number_of
from opsystem.business.wording import Words
from opsystem.kit.errors import Conflict, Invalid, NotFound
from opsystem.operations import Effect, Permission, Work, operation

TaskId = Annotated[int, Field(ge=1, le=2**53, description="The line's `id`, from the job's tasks.")]
_LARGEST = 10**9


@operation(permission=Permission.VISITS_WORK, effect=Effect.DRAFT, label="Tick item")
def tick_item(work: Work, *, job: JobRef, item: TaskId, done: bool = True) -> TaskRow:
    """Tick a line of a job's checklist, or untick it with `done` false, which clears its answer too.

    A line that asks for more than a tick is answered with `fill_item`.
    """
    row, task = _line(work, job, item)
    if done and task.asks != "tick" and task.done_at is None:
        raise Conflict(f"“{task.text}” asks for a {task.asks}: give that.", code="needs_answer")
    if done is not (task.done_at is not None):
        _settle(work, task, done=done)
    if not done:
        task.answer, task.reading_milli, task.file_id = "", None, None
    work.describe(f"{'Ticked' if done else 'Unticked'} “{task.text}” of {row.ref}")
    return task_row(task)


@operation(permission=Permission.VISITS_WORK, effect=Effect.DRAFT, label="Answer item")
def fill_item(
    work: Work,
    *,
    job: JobRef,
    item: TaskId,
    answer: Annotated[Words, Field(description="A reading's number, a text, or one of the choices.")] = "",
    file: FileRef | None = None,
) -> TaskRow:
    """Answer a line of a job's checklist: `file` for a photo of this job, `answer` for anything else.

    A reading outside its range is refused with the range; an empty answer clears the line.
    """
    row, task = _line(work, job, item)
    if task.asks == "photo":
        _photo(work, task, file)
    elif task.asks == "reading" and answer:
        task.reading_milli = _reading(task, answer)
        task.answer = f"{answer.strip()} {task.unit}".strip()
    elif task.asks == "choice" and answer and answer not in task.choices.split("\n"):
        message = f"Choose one of: {', '.join(task.choices.split(chr(10)))}."
        raise Invalid(message, code="no_choice", fields={"answer": message})
    else:
        task.answer = answer
        task.reading_milli = None
    _settle(work, task, done=bool(task.answer or task.file_id))
    work.describe(f"Answered “{task.text}” of {row.ref}")
    return task_row(task)


def _line(work: Work, job: str, item: int) -> tuple[Job, Task]:
    row = open_job(work, number_of(job))
    task = work.get(Task, item, "line")
    if task.job_id != row.id:
        raise NotFound(f"There is no such line on the checklist of {row.ref}.", code="no_line")
    return row, task


def _settle(work: Work, task: Task, *, done: bool) -> None:
    task.done_at = work.now if done else None
    task.done_by = work.actor.name if done else None


def _photo(work: Work, task: Task, file: str | None) -> None:
    if file is None:
        message = f"“{task.text}” asks for a photo."
        raise Invalid(message, code="needs_photo", fields={"file": message})
    if not photo_of_job(work, task.job_id, number_of(file)):
        message = f"{file} is not a photo of this job."
        raise Invalid(message, code="no_photo", fields={"file": message})
    task.file_id = number_of(file)


def _reading(task: Task, typed: str) -> int:
    try:
        number = Decimal(typed.strip().replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > _LARGEST:
        message = f"Give a number{f' in {task.unit}' if task.unit else ''}."
        raise Invalid(message, code="no_number", fields={"answer": message})
    milli = int((number * 1000).to_integral_value())
    least, most = task.least_milli, task.most_milli
    if (least is not None and milli < least) or (most is not None and milli > most):
        message = f"“{task.text}” must be {say_range(least, most, task.unit)}. It reads {typed.strip()}."
        raise Invalid(message, code="out_of_range", fields={"answer": message})
    return milli


def say_range(least: int | None, most: int | None, unit: str) -> str:
    """Return what a reading may be in words: `40 to 80 psi`, `at least 40 psi`."""
    tail = f" {unit}" if unit else ""
    low, high = (f"{Decimal(one) / 1000:g}" if one is not None else "" for one in (least, most))
    if low and high:
        return f"{low} to {high}{tail}"
    return f"at least {low}{tail}" if low else f"at most {high}{tail}"

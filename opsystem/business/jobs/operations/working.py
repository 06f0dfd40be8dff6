"""Doing the work: what whoever goes to a visit may say about it."""

from __future__ import annotations

from datetime import datetime

from opsystem.business.jobs.answers import refuse_unanswered
from opsystem.business.jobs.facts import Fact, note_fact
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.records import VisitSaved
from opsystem.business.jobs.scheduling import When, open_visit, planned_visit
from opsystem.business.jobs.stamps.spans import Press
from opsystem.business.jobs.stamps.stamping import press
from opsystem.business.profile.queries import to_utc
from opsystem.business.references import VisitRef, number_of
from opsystem.kit.errors import Conflict
from opsystem.operations import Effect, Permission, Work, operation


@operation(permission=Permission.VISITS_WORK, effect=Effect.COMMIT, label="Start visit")
def start_visit(work: Work, *, visit: VisitRef) -> VisitSaved:
    """Say that the work of a visit begins now."""
    row = planned_visit(work, visit)
    job = work.get(Job, row.job_id, "job")
    press(work, row, Press.START)
    _without_people(work, row, "started")
    work.describe(f"Started {row.ref} of {job.ref} “{job.title}”")
    return _saved(row)


@operation(permission=Permission.VISITS_WORK, effect=Effect.COMMIT, label="Finish visit")
def finish_visit(work: Work, *, visit: VisitRef) -> VisitSaved:
    """Say that a visit is over, also one that nobody said was begun. Its job stays open.

    Refused while required lines of the checklist have no answer.
    """
    row = open_visit(work, visit)
    return _finish(work, row)


@operation(permission=Permission.VISITS_WORK, effect=Effect.COMMIT, label="Pause visit")
def pause_visit(work: Work, *, visit: VisitRef, resume: bool = False) -> VisitSaved:
    """Say that the work of a visit rests, or with `resume` that it goes on."""
    row = open_visit(work, visit)
    if row.started_at is None:
        raise Conflict(f"{row.ref} has not begun. Start it first.", code="visit_not_started")
    if resume is (row.paused_at is None):
        raise Conflict(f"{row.ref} {'goes on' if resume else 'rests'} already.", code="nothing_to_do")
    press(work, row, Press.RESUME if resume else Press.PAUSE)
    work.describe(f"{'Resumed' if resume else 'Paused'} {row.ref}")
    return _saved(row)


@operation(
    permission=Permission.VISITS_WORK,
    effect=Effect.COMMIT,
    label="Stamp visit",
    # Claude has no clock of its own: it starts and finishes, it does not say when somebody did.
    assistant=False,
)
def stamp_visit(work: Work, *, visit: VisitRef, press_of: Press, at: When | None = None) -> VisitSaved:
    """Write down a press (on_way, start, pause, resume, finish) that happened at `at`, however late.

    A phone that was offline sends these when it is back, in any order and as often as it likes: equal presses
    count once, the first to have happened. Hours worked on a visit that was cancelled meanwhile are kept, and
    the visit stays cancelled. Texts nobody.
    """
    row = work.get(Visit, number_of(visit), "visit")
    moment = to_utc(work, at) if at is not None else None
    if press_of is Press.FINISH and row.cancelled_at is None:
        return _finish(work, row, moment)
    press(work, row, press_of, moment)
    _without_people(work, row, {Press.ON_WAY: "on_way", Press.START: "started"}.get(press_of, ""))
    work.describe(f"Stamped {row.ref}: {press_of.replace('_', ' ')}")
    return _saved(row)


def _finish(work: Work, row: Visit, at: datetime | None = None) -> VisitSaved:
    job = work.get(Job, row.job_id, "job")
    refuse_unanswered(work, job, row)
    press(work, row, Press.FINISH, at)
    _without_people(work, row, "finished")
    if row.is_assessment:
        note_fact(work, job, Fact.ASSESSED)
    work.describe(f"Finished {row.ref} of {job.ref} “{job.title}”")
    return _saved(row)


def _without_people(work: Work, row: Visit, what: str) -> None:
    """Say it of a visit nobody goes to, pressed by nobody of the team: no hours come of it."""
    if what and getattr(row, f"{what}_at") is None:
        setattr(row, f"{what}_at", work.now)
        setattr(row, f"{what}_by", work.actor.name)
    if row.finished_at is not None:
        row.paused_at = None


def _saved(row: Visit) -> VisitSaved:
    return VisitSaved(ref=row.ref, id=row.id, job=f"J-{row.job_id}", overlaps=[])

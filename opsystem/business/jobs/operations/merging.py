"""Making one job of two."""

from __future__ import annotations

from sqlalchemy import Table, select, update

from opsystem.business.jobs.models import Job
from opsystem.business.jobs.money import tell_money
from opsystem.business.jobs.scheduling import open_job
from opsystem.business.record import Record
from opsystem.business.references import JobRef, number_of
from opsystem.kit.errors import Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation


@operation(permission=Permission.JOBS_WRITE, effect=Effect.COMMIT, label="Merge jobs")
def merge_jobs(work: Work, *, job: JobRef, into: JobRef) -> Saved:
    """Make one job of two of the same client: everything of `job` goes to `into`, which stays.

    Visits keep their times, people and place; notes, photos, hours, lines and documents move along.
    One undo takes it all back.
    """
    gone, kept = open_job(work, number_of(job)), open_job(work, number_of(into))
    if gone.id == kept.id:
        message = "Choose another job: this is the same one."
        raise Invalid(message, code="same_job", fields={"into": message})
    if gone.client_id != kept.client_id:
        message = f"{kept.ref} is for another client."
        raise Invalid(message, code="other_client", fields={"into": message})
    _move_rows(work, gone, kept)
    if gone.notes:
        kept.notes = "\n\n".join(part for part in (kept.notes, gone.notes) if part)
    for fact in ("requested", "assessed", "quoted", "approved"):
        if getattr(kept, f"{fact}_at") is None:
            setattr(kept, f"{fact}_at", getattr(gone, f"{fact}_at"))
            setattr(kept, f"{fact}_by", getattr(gone, f"{fact}_by"))
    tell_money(work, kept.id)
    gone.merged_at, gone.merged_by, gone.merged_into_id = work.now, work.actor.name, kept.id
    work.session.flush()
    work.describe(f"Merged {gone.ref} “{gone.title}” into {kept.ref} “{kept.title}”")
    return Saved(kept.ref, kept.id)


_JOB: Table = Record.metadata.tables[Job.__tablename__]


def _move_rows(work: Work, gone: Job, kept: Job) -> None:
    """Let every row of every table that names the one job name the other: no table can be forgotten."""
    for table in Record.metadata.sorted_tables:
        for column in table.columns:
            if not column.references(_JOB.c.id) or column.name == "merged_into_id":
                continue
            # A callback of the other one becomes no callback of itself.
            own = table.c.id == kept.id if table is _JOB else table.c.id.in_(())
            if work.session.scalar(select(table.c.id).where(column == gone.id, ~own).limit(1)) is not None:
                work.session.execute(
                    update(table).where(column == gone.id, ~own).values({column.name: kept.id})
                )
    work.session.expire_all()

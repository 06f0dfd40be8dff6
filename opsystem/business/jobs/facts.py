"""Facts about a job that other nouns find out: that it was quoted, agreed, billed, paid.

Called inside their operations, so that the fact is undone with the act that made it one.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from opsystem.business.jobs.models import Job
from opsystem.operations import Work


class Fact(StrEnum):
    """What may become true of a job."""

    REQUESTED = "requested"
    ASSESSED = "assessed"
    QUOTED = "quoted"
    APPROVED = "approved"
    INVOICED = "invoiced"
    PAID = "paid"
    # There is nothing to bill: warranty, a favour, paid otherwise.
    UNBILLED = "unbilled"


def note_fact(work: Work, job: Job, fact: Fact, *, by: str | None = None, at: datetime | None = None) -> None:
    """Write down that something is now true of a job; one that is already true keeps its date."""
    if getattr(job, f"{fact}_at") is None:
        setattr(job, f"{fact}_at", at or work.now)
        setattr(job, f"{fact}_by", by or work.actor.name)


def drop_fact(job: Job, fact: Fact) -> None:
    """Write down that something is no longer true of a job, as after its only invoice was voided."""
    if getattr(job, f"{fact}_at") is not None:
        setattr(job, f"{fact}_at", None)
        setattr(job, f"{fact}_by", None)

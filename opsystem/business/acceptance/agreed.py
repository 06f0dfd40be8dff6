"""What an accepted quote makes true of its job."""

from __future__ import annotations

from opsystem.business.jobs.facts import Fact, note_fact
from opsystem.business.jobs.models import Job
from opsystem.business.quotes.models import Quote
from opsystem.operations import Work


def tell_agreed(work: Work, quote: Quote, job: Job | None = None) -> None:
    """Note on a job (the quote's own, if none is given) that it was quoted and that the client said yes."""
    if job is None and quote.job_id is not None:
        job = work.get(Job, quote.job_id, "job")
    if job is not None:
        note_fact(work, job, Fact.QUOTED, by=quote.sent_by, at=quote.sent_at)
        note_fact(work, job, Fact.APPROVED, by=quote.accepted_by, at=quote.accepted_at)

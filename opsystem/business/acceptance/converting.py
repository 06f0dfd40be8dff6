"""From an accepted quote to the job: its lines become the job's, the rest stays open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field
from sqlalchemy import func, select

from opsystem.business.acceptance.agreed import tell_agreed
from opsystem.business.acceptance.open_lines import OpenPart, open_parts
from opsystem.business.acceptance.records import Converted
from opsystem.business.acceptance.telling import acceptance_of
from opsystem.business.joblines.models import JobLine
from opsystem.business.jobs.models import Job
from opsystem.business.jobs.money import tell_money
from opsystem.business.jobs.operations import book_job, schedule_visit
from opsystem.business.jobs.scheduling import Members, Minutes, When
from opsystem.business.lines import QuantityMilli
from opsystem.business.quotes.finding import quote_row
from opsystem.business.quotes.models import Quote
from opsystem.business.references import JobRef, QuoteRef, number_of
from opsystem.business.wording import Line
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.quantity import show_milli
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Work, operation


@dataclass(frozen=True)
class PartGiven:
    """A line of the quote, and how much of it goes to the job in thousandths; None for all that is open."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    line: Annotated[int, Field(ge=1, description="The id of the line, from the quote.")]
    quantity_milli: QuantityMilli | None = None


@operation(permission=Permission.QUOTES_WRITE, effect=Effect.COMMIT, label="Make a job of a quote")
def convert_quote(
    work: Work,
    *,
    quote: QuoteRef,
    parts: Annotated[tuple[PartGiven, ...], Field(max_length=100)] = (),
    job: JobRef | None = None,
    title: Line = "",
    starts_at: When | None = None,
    minutes: Minutes = 60,
    members: Members = (),
) -> Converted:
    """Make a job of an accepted quote, or add its lines to a job; with a first visit when a time is given.

    A quote that was written for a job (after a look at it) goes to that job while it is open and has
    nothing of the quote yet. Without `parts` everything that is still open goes over; what is left out stays
    open on the quote and can go to the same job or another one later.
    """
    row = quote_row(work, quote)
    accepted = acceptance_of(work, row.id)
    if accepted is None:
        raise Conflict(f"{row.ref} is not accepted yet.", code="not_accepted")
    available = open_parts(work, row, accepted)
    taken = _taken(available, parts)
    if not taken:
        raise Conflict(f"All of {row.ref} is on a job already.", code="nothing_open")
    visit = None
    own = _own_job(work, row, available) if job is None else None
    if own is not None:
        target = own
        if starts_at is not None:
            planned = {"starts_at": starts_at, "minutes": minutes, "members": members}
            visit = work.do(schedule_visit, job=own.ref, **planned).ref
    elif job is None:
        place = make_ref("property", row.property_id) if row.property_id is not None else None
        booked = work.do(
            book_job,
            client=make_ref("client", row.client_id),
            title=title or row.title,
            property=place,
            starts_at=starts_at,
            minutes=minutes,
            members=members,
        )
        target, visit = work.get(Job, booked.id, "job"), booked.visit
    else:
        target = _job(work, row, job)
    if row.job_id is None:
        row.job_id = target.id
    tell_agreed(work, row, target)
    _write(work, target, taken)
    left = sum(one.open_milli for one in available) - sum(milli for _, milli in taken)
    work.describe(f"Added {row.ref} to {target.ref}" if job or own else f"Made {target.ref} of {row.ref}")
    still = sum(1 for one in open_parts(work, row, accepted) if one.open_milli) if left else 0
    return Converted(target.ref, target.id, visit, len(taken), still)


def _taken(available: Sequence[OpenPart], parts: Sequence[PartGiven]) -> list[tuple[OpenPart, int]]:
    if not parts:
        return [(one, one.open_milli) for one in available if one.open_milli]
    wanted: dict[int, int] = defaultdict(int)
    by_id, taken = {one.line.id: one for one in available}, []
    for place, part in enumerate(parts):
        found = by_id.get(part.line)
        if found is None:
            raise _wrong(f"parts.{place}.line", "This line is not part of what was accepted.")
        milli = found.open_milli if part.quantity_milli is None else part.quantity_milli
        wanted[part.line] += milli
        if wanted[part.line] > found.open_milli or not milli:
            told = f"Of “{found.line.description}”, {show_milli(found.open_milli)} is still open."
            raise _wrong(f"parts.{place}.quantity_milli", told)
        taken.append((found, milli))
    return taken


def _write(work: Work, job: Job, taken: Sequence[tuple[OpenPart, int]]) -> None:
    last = work.session.scalar(select(func.max(JobLine.position)).where(JobLine.job_id == job.id)) or 0
    for place, (part, milli) in enumerate(taken, start=last + 1):
        line = part.line
        work.session.add(
            JobLine(
                job_id=job.id,
                position=place,
                price_id=line.price_id,
                quote_line_id=line.id,
                description=line.description,
                quantity_milli=milli,
                unit=line.unit,
                unit_cents=line.unit_cents,
                cost_cents=line.cost_cents,
                taxable=line.taxable,
                discount_cents=part.discount_of(milli),
                added_at=work.now,
                added_by=work.actor.name,
            )
        )
    tell_money(work, job.id)


def _own_job(work: Work, quote: Quote, available: Sequence[OpenPart]) -> Job | None:
    """Return the job a quote was written for, if it waits for exactly this."""
    if quote.job_id is None or any(one.gone_milli for one in available):
        return None
    job = work.get(Job, quote.job_id, "job")
    return job if job.is_open else None


def _job(work: Work, quote: Quote, reference: str) -> Job:
    job = work.get(Job, number_of(reference), "job")
    if job.client_id != quote.client_id:
        raise _wrong("job", f"{job.ref} is not a job of this client.")
    if job.cancelled_at is not None:
        raise Conflict(f"{job.ref} was cancelled.", code="job_cancelled")
    return job


def _wrong(field: str, message: str) -> Invalid:
    return Invalid(message, code="bad_part", fields={field: message})

"""What may be done about the lines of a job."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import func, select

from opsystem.business.joblines.amounts import amount_cents, refuse_beyond
from opsystem.business.joblines.models import JobLine
from opsystem.business.jobs.models import Job
from opsystem.business.jobs.money import tell_money
from opsystem.business.prices.models import Price
from opsystem.business.prices.operations import Unit
from opsystem.business.references import JobRef, PriceRef, number_of
from opsystem.business.wording import Line, Name
from opsystem.kit.errors import Conflict, Invalid, NotFound
from opsystem.kit.money import Cents, show_cents
from opsystem.kit.quantity import ONE, Milli, show_milli
from opsystem.operations import Effect, Permission, Saved, Work, operation

LineId = Annotated[int, Field(ge=1, description="The id of the line, from the list of job lines.")]
BaseVersion = Annotated[int, Field(ge=1, description="The version of what was edited, as it was last read.")]


@operation(permission=Permission.JOBS_WRITE, effect=Effect.DRAFT, label="Add job line")
def add_job_line(
    work: Work,
    *,
    job: JobRef,
    price: PriceRef | None = None,
    description: Line = "",
    quantity_milli: Milli = ONE,
    unit: Unit | None = None,
    unit_cents: Cents | None = None,
    cost_cents: Cents | None = None,
    taxable: bool | None = None,
) -> Saved:
    """Add a line to what a job is billed for, from the price list or free.

    With `price`, what is not given is copied from the price list. Without, description and amount are needed.
    """
    row = _job(work, job)
    known = _price(work, price) if price is not None else None
    if not description and known is None:
        message = "Say what it is, or choose from the price list."
        raise Invalid(message, code="no_description", fields={"description": message})
    if unit_cents is None and known is None:
        message = "Give the price of one."
        raise Invalid(message, code="no_amount", fields={"unit_cents": message})
    line = JobLine(
        job_id=row.id,
        position=_next_position(work, row.id),
        price_id=known.id if known else None,
        description=description or (known.name if known else ""),
        quantity_milli=quantity_milli,
        unit=unit or (known.unit if known else "each"),
        unit_cents=unit_cents if unit_cents is not None else (known.price_cents if known else 0),
        cost_cents=cost_cents if cost_cents is not None else (known.cost_cents if known else None),
        taxable=taxable if taxable is not None else bool(known and known.taxable),
        added_at=work.now,
        added_by=work.actor.name,
    )
    refuse_beyond(line.quantity_milli, line.unit_cents)
    work.session.add(line)
    tell_money(work, row.id)
    work.describe(f"Added {_told(line)} to {row.ref}")
    return Saved(ref=row.ref, id=line.id)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.DRAFT, label="Edit job line")
def edit_job_line(
    work: Work,
    *,
    job: JobRef,
    line: LineId,
    base_version: BaseVersion | None = None,
    description: Name | None = None,
    quantity_milli: Milli | None = None,
    unit: Unit | None = None,
    unit_cents: Cents | None = None,
    cost_cents: Cents | None = None,
    taxable: bool | None = None,
    clear: tuple[Literal["cost_cents"], ...] = (),
) -> Saved:
    """Change a line of a job. What is not given stays; `clear` empties a field.

    With `base_version`, an edit of a state that somebody changed meanwhile is refused as a conflict. What
    is invoiced already keeps its price, and the quantity cannot fall below it.
    """
    row, found = _job(work, job), _line(work, job, line)
    if base_version is not None and base_version != found.version:
        raise Conflict(
            f"Somebody changed this line meanwhile. It is now {_told(found)}. Save again to put yours there.",
            code="stale",
            fields={"base_version": str(found.version)},
        )
    given: dict[str, Any] = {
        "description": description,
        "quantity_milli": quantity_milli,
        "unit": unit,
        "unit_cents": unit_cents,
        "cost_cents": cost_cents,
        "taxable": taxable,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    _refuse_invoiced(found, changes)
    for name, value in changes.items():
        setattr(found, name, value)
    for name in clear:
        setattr(found, name, None)
    refuse_beyond(found.quantity_milli, found.unit_cents)
    found.version += 1
    tell_money(work, row.id)
    work.describe(f"Changed a line of {row.ref} to {_told(found)}")
    return Saved(ref=row.ref, id=found.id)


@operation(permission=Permission.JOBS_WRITE, effect=Effect.DRAFT, label="Remove job line")
def remove_job_line(work: Work, *, job: JobRef, line: LineId) -> Saved:
    """Take a line off a job. One of which something is invoiced stays."""
    row, found = _job(work, job), _line(work, job, line)
    if found.invoiced_milli:
        raise Conflict("This line is invoiced already, wholly or in part, and stays.", code="line_invoiced")
    work.session.delete(found)
    tell_money(work, row.id)
    work.describe(f"Removed {_told(found)} from {row.ref}")
    return Saved(ref=row.ref, id=line)


def _job(work: Work, reference: str) -> Job:
    row = work.get(Job, number_of(reference), "job")
    if row.cancelled_at is not None:
        raise Conflict(f"{row.ref} was cancelled.", code="job_cancelled")
    return row


def _line(work: Work, job: str, number: int) -> JobLine:
    found = work.session.get(JobLine, number)
    if found is None or found.job_id != number_of(job):
        raise NotFound("There is no such line on this job.", code="no_line")
    return found


def _price(work: Work, reference: str) -> Price:
    price = work.get(Price, number_of(reference), "price")
    if price.removed_at is not None:
        message = f"{price.name} was removed from the price list."
        raise Invalid(message, code="price_removed", fields={"price": message})
    return price


def _next_position(work: Work, job_id: int) -> int:
    return (work.session.scalar(select(func.max(JobLine.position)).where(JobLine.job_id == job_id)) or 0) + 1


def _refuse_invoiced(line: JobLine, changes: dict[str, Any]) -> None:
    if not line.invoiced_milli:
        return
    if changes.get("quantity_milli", line.quantity_milli) < line.invoiced_milli:
        message = f"{show_milli(line.invoiced_milli)} of it is invoiced already."
        raise Invalid(message, code="line_invoiced", fields={"quantity_milli": message})
    if changes.get("unit_cents", line.unit_cents) != line.unit_cents:
        message = "Part of this line is invoiced at this price. Add another line for the rest."
        raise Invalid(message, code="line_invoiced", fields={"unit_cents": message})


def _told(line: JobLine) -> str:
    total = show_cents(amount_cents(line.quantity_milli, line.unit_cents))
    return f"{show_milli(line.quantity_milli)} {line.unit} {line.description} at {total}"

"""Drafts: written, changed and thrown away as often as one likes; nothing of them is in the books."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from opsystem.business.clients.models import Client, Property
from opsystem.business.invoices.models import InvoiceDraft
from opsystem.business.invoices.records import DraftLine
from opsystem.business.invoices.settings import Days
from opsystem.business.jobs.models import Job
from opsystem.business.lines import Discount, totals
from opsystem.business.references import ClientRef, DraftRef, JobRef, PropertyRef, number_of
from opsystem.business.wording import Line, Words
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation

MOST_CENTS = 1_000_000_000_00
Lines = Annotated[tuple[DraftLine, ...], Field(min_length=1, max_length=500)]
Version = Annotated[int, Field(ge=1, description="The version of the draft that was read before the edit.")]
LINES: TypeAdapter[tuple[DraftLine, ...]] = TypeAdapter(tuple[DraftLine, ...])


def lines_of(draft: InvoiceDraft) -> list[DraftLine]:
    """Return the lines of a draft."""
    return list(LINES.validate_json(draft.lines))


def discount_of(draft: InvoiceDraft) -> Discount:
    """Return the discount on a whole draft."""
    return Discount(draft.discount_cents, draft.discount_milli_percent)


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.DRAFT, label="Draft invoice")
def draft_invoice(
    work: Work,
    *,
    client: ClientRef,
    lines: Lines,
    property: PropertyRef | None = None,  # noqa: A002
    job: JobRef | None = None,
    title: Line = "",
    notes: Words = "",
    discount: Discount | None = None,
    terms_days: Days | None = None,
) -> Saved:
    """Write a draft of an invoice for a client, with its lines. Amounts are US cents, quantities thousandths.

    Tax is added by the property's address on the day it is issued.
    """
    whose = work.get(Client, number_of(client), "client")
    work_done = work.get(Job, number_of(job), "job") if job else None
    place_id = number_of(property) if property else (work_done.property_id if work_done else None)
    _check_owner(work, whose, work_done, place_id)
    draft = InvoiceDraft(
        client_id=whose.id, property_id=place_id, job_id=work_done.id if work_done else None,
        title=title or (work_done.title if work_done else ""), notes=notes,
        terms_days=terms_days, made_at=work.now, made_by=work.actor.name,
    )  # fmt: skip
    put_lines(draft, lines, discount)
    work.session.add(draft)
    work.session.flush()
    work.describe(f"Drafted an invoice for {whose.name}")
    return Saved(draft.ref, draft.id)


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.DRAFT, label="Edit draft of invoice")
def edit_draft(
    work: Work,
    *,
    draft: DraftRef,
    base_version: Version,
    lines: Lines | None = None,
    title: Line | None = None,
    notes: Words | None = None,
    discount: Discount | None = None,
    terms_days: Days | None = None,
) -> Saved:
    """Change a draft. What is not given stays. An edit of a version somebody changed since is refused."""
    row = work.get(InvoiceDraft, number_of(draft), "draft")
    if row.version != base_version:
        raise Conflict(
            "Somebody changed this draft meanwhile. Look at it again, then save yours.",
            code="stale", fields={"base_version": str(row.version)},
        )  # fmt: skip
    put_lines(row, lines or lines_of(row), discount or discount_of(row))
    row.title = row.title if title is None else title
    row.notes = row.notes if notes is None else notes
    row.terms_days = row.terms_days if terms_days is None else terms_days
    row.version += 1
    work.describe(f"Edited the draft {row.ref}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.INVOICES_WRITE, effect=Effect.DRAFT, label="Throw draft away")
def remove_draft(work: Work, *, draft: DraftRef) -> Saved:
    """Throw a draft of an invoice away."""
    row = work.get(InvoiceDraft, number_of(draft), "draft")
    work.session.delete(row)
    work.describe(f"Threw the draft {row.ref} away")
    return Saved(row.ref, row.id)


def put_lines(
    draft: InvoiceDraft, lines: tuple[DraftLine, ...] | list[DraftLine], discount: Discount | None
) -> None:
    """Write lines and discount into a draft. Raises Invalid when they come to more than can be."""
    taken = discount or Discount()
    if totals(lines, taken).subtotal > MOST_CENTS:
        message = "An invoice may come to at most a billion dollars."
        raise Invalid(message, code="too_much", fields={"lines": message})
    draft.lines = LINES.dump_json(tuple(lines)).decode()
    draft.discount_cents, draft.discount_milli_percent = taken.cents, taken.milli_percent


def _check_owner(work: Work, client: Client, job: Job | None, place_id: int | None) -> None:
    if job is not None and job.client_id != client.id:
        message = f"{job.ref} is not a job of {client.name}."
        raise Invalid(message, code="other_client", fields={"job": message})
    if place_id is not None and work.get(Property, place_id, "property").client_id != client.id:
        message = f"That property is not one of {client.name}."
        raise Invalid(message, code="other_client", fields={"property": message})

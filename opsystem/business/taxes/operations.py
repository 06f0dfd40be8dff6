"""What may be done about sales tax."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.files.models import File
from opsystem.business.lines.discounts import MilliPercent
from opsystem.business.profile.queries import today
from opsystem.business.references import ClientRef, FileRef, TaxRef, number_of
from opsystem.business.taxes.models import TaxExemption, TaxRate
from opsystem.business.wording import Line, Name
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation

Postcodes = Annotated[
    str,
    Field(max_length=4_000, pattern=r"^[0-9 ]*$", description="Beginnings of ZIP codes, by spaces."),
]


@operation(permission=Permission.BOOKS_WRITE, effect=Effect.COMMIT, label="Add tax rate")
def add_tax_rate(
    work: Work,
    *,
    name: Name,
    milli_percent: MilliPercent,
    state: Line = "",
    county: Line = "",
    city: Line = "",
    postcodes: Postcodes = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Saved:
    """Add a rate of sales tax, in thousandths of a percent (8250 is 8.25 %).

    It applies where the property's state, city and ZIP code fit; an empty field fits every place. A new
    rate is added under the same name from its first day; invoices of before keep the old one.
    """
    begins = valid_from or today(work)
    _check_days(begins, valid_until)
    rate = TaxRate(
        name=name, milli_percent=milli_percent, state=state, county=county, city=city,
        postcodes=" ".join(postcodes.split()), valid_from=begins, valid_until=valid_until,
    )  # fmt: skip
    work.session.add(rate)
    work.session.flush()
    work.describe(f"Added the tax rate {name} of {milli_percent / 1000:g} %")
    return Saved(rate.ref, rate.id)


@operation(permission=Permission.BOOKS_WRITE, effect=Effect.COMMIT, label="Remove tax rate")
def remove_tax_rate(work: Work, *, rate: TaxRef) -> Saved:
    """Take a tax rate away: new invoices leave it out, earlier ones keep it."""
    row = work.get(TaxRate, number_of(rate), "tax rate")
    if row.removed_at is not None:
        raise Conflict(f"{row.name} was removed already.", code="tax_removed")
    row.removed_at, row.removed_by = work.now, work.actor.name
    work.describe(f"Removed the tax rate {row.name}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.BOOKS_WRITE, effect=Effect.COMMIT, label="Note tax exemption")
def exempt_client(
    work: Work,
    *,
    client: ClientRef,
    certificate: Name,
    file: FileRef | None = None,
    state: Line = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Saved:
    """Note that a client pays no sales tax: the certificate's number, its file, and how long it holds.

    With a state, it holds for work in that state only.
    """
    row = work.get(Client, number_of(client), "client")
    paper = work.get(File, number_of(file), "file") if file else None
    begins = valid_from or today(work)
    _check_days(begins, valid_until)
    exemption = TaxExemption(
        client_id=row.id, certificate=certificate, file_id=paper.id if paper else None, state=state,
        valid_from=begins, valid_until=valid_until, noted_at=work.now, noted_by=work.actor.name,
    )  # fmt: skip
    work.session.add(exemption)
    work.session.flush()
    work.describe(f"Noted that {row.name} is exempt from sales tax")
    return Saved(row.ref, exemption.id)


@operation(permission=Permission.BOOKS_WRITE, effect=Effect.COMMIT, label="End tax exemption")
def end_exemption(work: Work, *, client: ClientRef) -> Saved:
    """End a client's exemption from sales tax: from now on tax is added again."""
    row = work.get(Client, number_of(client), "client")
    mine = select(TaxExemption).where(TaxExemption.client_id == row.id, TaxExemption.ended_at.is_(None))
    running = list(work.session.scalars(mine))
    if not running:
        raise Conflict(f"{row.name} is not exempt.", code="not_exempt")
    for one in running:
        one.ended_at, one.ended_by = work.now, work.actor.name
    work.describe(f"Ended the tax exemption of {row.name}")
    return Saved(row.ref, row.id)


def _check_days(begins: date, ends: date | None) -> None:
    if ends is not None and ends < begins:
        message = "The last day comes before the first."
        raise Invalid(message, code="bad_days", fields={"valid_until": message})

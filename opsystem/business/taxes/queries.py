"""What may be asked about sales tax."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from opsystem.business.clients.models import Client, Property
from opsystem.business.profile.queries import today
from opsystem.business.references import ClientRef, PropertyRef, number_of
from opsystem.business.taxes.applying import taxes_for
from opsystem.business.taxes.models import TaxExemption, TaxRate
from opsystem.business.taxes.records import ExemptionRow, TaxHere, TaxRateRow
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query


@query(permission=Permission.MONEY_READ, label="List tax rates")
def list_tax_rates(work: Work) -> list[TaxRateRow]:
    """List the rates of sales tax, in thousandths of a percent, with where and since when they apply."""
    present = select(TaxRate).where(TaxRate.removed_at.is_(None)).order_by(TaxRate.name, TaxRate.valid_from)
    return [
        TaxRateRow(
            row.ref, row.id, row.name, row.milli_percent, row.state, row.county, row.city, row.postcodes,
            row.valid_from, row.valid_until,
        )
        for row in work.session.scalars(present)
    ]  # fmt: skip


@query(permission=Permission.MONEY_READ, label="List tax exemptions")
def list_exemptions(work: Work, *, client: ClientRef | None = None) -> list[ExemptionRow]:
    """List the tax exemptions that were not ended, of one client or of all."""
    present = select(TaxExemption).where(TaxExemption.ended_at.is_(None)).order_by(TaxExemption.id)
    if client is not None:
        present = present.where(TaxExemption.client_id == number_of(client))
    return [
        ExemptionRow(
            row.id, make_ref("client", row.client_id), row.certificate,
            make_ref("file", row.file_id) if row.file_id else None, row.state, row.valid_from,
            row.valid_until, row.noted_by,
        )
        for row in work.session.scalars(present)
    ]  # fmt: skip


@query(permission=Permission.MONEY_READ, label="Look up taxes")
def show_taxes(
    work: Work,
    *,
    client: ClientRef,
    property: PropertyRef | None = None,  # noqa: A002
    day: date | None = None,
) -> TaxHere:
    """Show which sales taxes apply to a client's work at a property on a day (default: today)."""
    whose = work.get(Client, number_of(client), "client")
    place = work.get(Property, number_of(property), "property") if property else None
    return taxes_for(work, whose, place, day or today(work))

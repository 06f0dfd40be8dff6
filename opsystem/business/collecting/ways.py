"""The ways to pay that a client let Stripe keep."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.collecting.models import SavedMethod
from opsystem.business.collecting.records import MethodRow
from opsystem.business.references import ClientRef, number_of
from opsystem.operations import Permission, Work, query


@query(permission=Permission.MONEY_READ, label="List kept ways to pay")
def saved_methods(work: Work, *, client: ClientRef) -> list[MethodRow]:
    """List the cards and bank accounts that a client let Stripe keep."""
    wanted = select(SavedMethod).where(
        SavedMethod.client_id == number_of(client), SavedMethod.removed_at.is_(None)
    )
    return [
        MethodRow(
            row.ref, row.id, row.name, f"{row.exp_month:02}/{row.exp_year}" if row.exp_month else "",
            row.consent, row.consented_at, row.auto_at,
        )
        for row in work.session.scalars(wanted.order_by(SavedMethod.id))
    ]  # fmt: skip

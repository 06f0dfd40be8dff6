"""What was sold: the lines of invoices by what they are for. They add up to revenue, to the cent.

A line counts on the day its invoice was booked and is taken off on the day the invoice was voided; credit
notes name no line, so they stand as a group of their own.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, literal, select

from opsystem.business.clients.models import Client
from opsystem.business.invoices.models import Invoice, InvoiceLine
from opsystem.business.ledger.models import Entry, Posting
from opsystem.business.prices.models import Price
from opsystem.business.reports.asked import Asked
from opsystem.business.reports.earned import EARNED, posted
from opsystem.business.reports.facts import Selected
from opsystem.business.reports.records import By
from opsystem.operations import Work

CREDITED, _OTHER = "Credit notes", "Without a category"
# Lines are booked with one of these events, and taken off with the other.
_BOOKED, _VOIDED = "invoice", "void"


def sold(work: Work, asked: Asked) -> Selected:
    """Return the facts of what was sold, by service or category: one row a line of an invoice."""
    both = _lines(asked).union_all(_others(asked)).subquery()
    return Selected(work, select(both))


def _lines(asked: Asked) -> Select[*tuple[Any, ...]]:
    sign = case((Entry.event == _VOIDED, -1), else_=1)
    key, name = _group(asked.by)
    return (
        select(
            key.label("key"),
            name.label("name"),
            Entry.day.label("day"),
            Entry.source.label("ref"),
            InvoiceLine.description.label("about"),
            Invoice.client_id.label("client_id"),
            Client.name.label("client_name"),
            (sign * InvoiceLine.quantity_milli).label("quantity"),
            (sign * InvoiceLine.net_cents).label("sold"),
        )
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .join(Entry, Entry.source == literal("I-").concat(Invoice.id))
        .outerjoin(Client, Client.id == Invoice.client_id)
        .outerjoin(Price, Price.id == InvoiceLine.price_id)
        .where(
            Entry.event.in_((_BOOKED, _VOIDED)),
            Invoice.releases.is_(False),
            Entry.day >= asked.since,
            Entry.day <= asked.until,
            *asked.of(Invoice.client_id),
        )
    )


def _group(by: By) -> tuple[ColumnElement[str], ColumnElement[str]]:
    if by is By.CATEGORY:
        category = func.coalesce(func.nullif(Price.category, ""), _OTHER)
        return category, category
    listed = literal("S-").concat(cast(InvoiceLine.price_id, String))
    return func.coalesce(listed, InvoiceLine.description), func.coalesce(Price.name, InvoiceLine.description)


def _others(asked: Asked) -> Select[*tuple[Any, ...]]:
    """Return what else changed revenue: credit notes."""
    return (
        select(
            literal("credit").label("key"),
            literal(CREDITED).label("name"),
            Posting.day.label("day"),
            Entry.source.label("ref"),
            Entry.event.label("about"),
            Posting.client_id.label("client_id"),
            Client.name.label("client_name"),
            literal(0).label("quantity"),
            (-Posting.cents).label("sold"),
        )
        .join(Entry, Entry.id == Posting.entry_id)
        .outerjoin(Client, Client.id == Posting.client_id)
        .where(Posting.account.in_(EARNED), Entry.event.not_in((_BOOKED, _VOIDED)), *posted(asked))
    )

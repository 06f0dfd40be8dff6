"""Receivables: what clients owe as the books have it at the end of a day, by how late it is."""

from __future__ import annotations

from sqlalchemy import ColumnElement, case, func, literal, select

from opsystem.business.clients.models import Client
from opsystem.business.invoices.models import Invoice
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.models import Posting
from opsystem.business.reports.asked import Asked
from opsystem.business.reports.earned import NOBODY, client_key
from opsystem.business.reports.facts import Selected
from opsystem.business.reports.records import By
from opsystem.kit.refs import LETTERS
from opsystem.operations import Work

# Key, name, and the days late at which it ends.
AGES = (
    ("due", "Not due yet", 0),
    ("30", "1 to 30 days late", 30),
    ("60", "31 to 60 days", 60),
    ("90", "61 to 90 days", 90),
    ("over", "Over 90 days", 10**6),
)


def owed(work: Work, asked: Asked) -> Selected:
    """Return the facts of what was owed at the end of `until`, one row an invoice, by age or client."""
    open_cents = func.sum(Posting.cents)
    sums = (
        select(Posting.invoice_id.label("invoice_id"), open_cents.label("cents"))
        .where(Posting.account == Account.RECEIVABLE.value, Posting.day <= asked.until)
        .group_by(Posting.invoice_id)
        .having(open_cents != 0)
        .subquery()
    )
    late = func.julianday(asked.until) - func.julianday(Invoice.due_on)
    if asked.by is By.AGE:
        ages = ((late <= most, literal(age)) for age, _, most in AGES)
        key: ColumnElement[str] = case(*ages, else_=literal("over"))
        name = key
    else:
        key, name = client_key(Invoice.client_id), func.coalesce(Client.name, NOBODY)
    statement = (
        select(
            key.label("key"),
            name.label("name"),
            Invoice.due_on.label("day"),
            literal(f"{LETTERS['invoice']}-").concat(Invoice.id).label("ref"),
            Invoice.title.label("about"),
            Invoice.client_id.label("client_id"),
            Client.name.label("client_name"),
            literal(1).label("invoices"),
            sums.c.cents.label("owed"),
        )
        .join(sums, sums.c.invoice_id == Invoice.id)
        .outerjoin(Client, Client.id == Invoice.client_id)
    )
    statement = statement.where(*asked.of(Invoice.client_id))
    return Selected(work, statement)

"""Money in and out, and what was invoiced against what was paid: entry by entry of the books."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from opsystem.business.clients.models import Client
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.models import Entry, Posting
from opsystem.business.reports.asked import Asked
from opsystem.business.reports.earned import group_of, posted
from opsystem.business.reports.facts import Selected
from opsystem.operations import Work

CASH = (Account.BANK.value, Account.UNDEPOSITED.value, Account.CLEARING.value)
_INVOICED = ("invoice", "retainage")
_GIVEN_UP = ("void", "credit note", "write-off")


def moved(work: Work, asked: Asked) -> Selected:
    """Return the facts of money in and out. What only goes from one pocket to another is neither."""
    net = func.sum(Posting.cents)
    values = (
        case((net > 0, net), else_=0).label("in"),
        case((net < 0, -net), else_=0).label("out"),
        net.label("net"),
    )
    return Selected(work, _entries(asked, *values).where(Posting.account.in_(CASH)).having(net != 0))


def billed(work: Work, asked: Asked) -> Selected:
    """Return the facts of what was invoiced, paid and given up; together, how what is owed changed."""
    net = func.sum(Posting.cents)
    invoiced, given_up = Entry.event.in_(_INVOICED), Entry.event.in_(_GIVEN_UP)
    values = (
        case((invoiced, net), else_=0).label("invoiced"),
        case((invoiced | given_up, 0), else_=-net).label("paid"),
        case((given_up, -net), else_=0).label("given_up"),
        net.label("change"),
    )
    return Selected(work, _entries(asked, *values).where(Posting.account == Account.RECEIVABLE.value))


def _entries(asked: Asked, *values: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    key, name = group_of(asked)
    return (
        select(
            key.label("key"),
            name.label("name"),
            Posting.day.label("day"),
            Entry.source.label("ref"),
            Entry.event.label("about"),
            Posting.client_id.label("client_id"),
            Client.name.label("client_name"),
            *values,
        )
        .join(Entry, Entry.id == Posting.entry_id)
        .outerjoin(Client, Client.id == Posting.client_id)
        .where(*posted(asked))
        .group_by(Posting.entry_id)
    )

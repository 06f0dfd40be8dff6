"""Revenue: what was earned after discounts and before tax, entry by entry of the books."""

from __future__ import annotations

from sqlalchemy import ColumnElement, String, cast, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from opsystem.business.clients.models import Client
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.models import Entry, Posting
from opsystem.business.reports.asked import PERIODS, Asked, key_in_sql
from opsystem.business.reports.facts import Selected
from opsystem.business.reports.records import By
from opsystem.operations import Work

EARNED = (Account.REVENUE.value, Account.DISCOUNTS.value)
NOBODY = "Erased clients"


def earned(work: Work, asked: Asked) -> Selected:
    """Return the facts of revenue by week, month or client."""
    key, name = group_of(asked)
    return Selected(
        work,
        select(
            key.label("key"),
            name.label("name"),
            Posting.day.label("day"),
            Entry.source.label("ref"),
            Entry.event.label("about"),
            Posting.client_id.label("client_id"),
            Client.name.label("client_name"),
            func.sum(-Posting.cents).label("earned"),
        )
        .join(Entry, Entry.id == Posting.entry_id)
        .outerjoin(Client, Client.id == Posting.client_id)
        .where(Posting.account.in_(EARNED), *posted(asked))
        .group_by(Posting.entry_id),
    )


def group_of(asked: Asked) -> tuple[ColumnElement[str], ColumnElement[str]]:
    """Return key and name of the group a posting belongs to: its days, its client, or what happened."""
    if asked.by in PERIODS:
        period = key_in_sql(asked.by, Posting.day)
        return period, period
    if asked.by is By.EVENT:
        return Entry.event.expression, Entry.event.expression
    return client_key(Posting.client_id), func.coalesce(Client.name, NOBODY)


def client_key(number: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]) -> ColumnElement[str]:
    """Return a client's reference as an expression, `-` for one who was erased."""
    return func.coalesce(literal("C-").concat(cast(number, String)), "-")


def posted(asked: Asked) -> list[ColumnElement[bool]]:
    """Return the conditions of the days and the client over postings."""
    return [Posting.day >= asked.since, Posting.day <= asked.until, *asked.of(Posting.client_id)]

"""Statements: everything that was owed and paid by a client over a stretch of days, to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from opsystem.business.clients.models import Client
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.models import Entry, Posting
from opsystem.business.ledger.posting import balance
from opsystem.business.references import ClientRef, number_of
from opsystem.operations import Permission, Work, query

_ACCOUNTS = (Account.RECEIVABLE, Account.CREDIT)


@dataclass(frozen=True)
class StatementRow:
    """One line: US cents, positive where more is owed; `balance_cents` is what is owed after it."""

    day: date
    event: str
    source: str
    cents: int
    balance_cents: int


@dataclass(frozen=True)
class Statement:
    """A client's statement. Credit of the client is taken off what is owed."""

    client: str
    client_id: int
    client_name: str
    since: date
    until: date
    opening_cents: int
    rows: list[StatementRow]
    closing_cents: int


@query(permission=Permission.MONEY_READ, label="Show statement")
def client_statement(work: Work, *, client: ClientRef, since: date, until: date) -> Statement:
    """Show a client's statement from a day to a day: what was owed before, every line, what is owed after."""
    row = work.get(Client, number_of(client), "client")
    mine = Posting.client_id == row.id
    opening = sum(balance(work.session, one, mine, Posting.day < since) for one in _ACCOUNTS)
    cents = func.sum(Posting.cents)
    entries = (
        select(Entry.day, Entry.event, Entry.source, cents)
        .join(Posting, Posting.entry_id == Entry.id)
        .where(mine, Posting.account.in_(_ACCOUNTS), Entry.day >= since, Entry.day <= until)
        .group_by(Entry.id)
        .having(cents != 0)
        .order_by(Entry.day, Entry.id)
    )
    lines, owed = [], opening
    for day, event, source, moved in work.session.execute(entries):
        owed += moved
        lines.append(StatementRow(day, event, source, moved, owed))
    return Statement(row.ref, row.id, row.name, since, until, opening, lines, owed)


@query(permission=Permission.MONEY_READ, label="List who owes")
def list_owing(work: Work) -> list[Statement]:
    """List the clients who owe something or have credit, with their sum in US cents, the most first."""
    owed = func.sum(Posting.cents)
    rows = (
        select(Client.id, Client.name, owed)
        .join(Posting, Posting.client_id == Client.id)
        .where(Posting.account.in_(_ACCOUNTS))
        .group_by(Client.id)
        .having(owed != 0)
        .order_by(owed.desc())
    )
    empty = (date.min, date.max)
    return [
        Statement(f"C-{number}", number, name, *empty, 0, [], cents)
        for number, name, cents in work.session.execute(rows)
    ]

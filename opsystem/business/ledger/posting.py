"""Writing into the books, and reading one sum out of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.models import Entry, Posting
from opsystem.operations import Work


@dataclass(frozen=True)
class Post:
    """One side of what is written: US cents, a debit positive, a credit negative."""

    account: Account
    cents: int
    client_id: int | None = None
    invoice_id: int | None = None
    about: str = ""


def post(
    work: Work, day: date, event: str, source: str, posts: Iterable[Post], *, reverses: Entry | None = None
) -> Entry:
    """Write an entry that balances. Raises RuntimeError for one that does not: a bug, never input."""
    written = [one for one in posts if one.cents]
    if sum(one.cents for one in written):
        raise RuntimeError(f"an entry of {event} does not balance")
    entry = Entry(
        day=day, event=event, source=source, at=work.now, by=work.actor.name,
        reverses_id=reverses.id if reverses is not None else None,
    )  # fmt: skip
    work.session.add(entry)
    work.session.flush()
    work.session.add_all(
        Posting(
            entry_id=entry.id, account=one.account.value, day=day, cents=one.cents,
            client_id=one.client_id, invoice_id=one.invoice_id, about=one.about,
        )
        for one in written
    )  # fmt: skip
    work.session.flush()
    return entry


def mirror(session: Session, entry: Entry) -> list[Post]:
    """Return what takes an entry back: the same postings with the sides changed."""
    rows = session.scalars(select(Posting).where(Posting.entry_id == entry.id).order_by(Posting.id))
    return [Post(Account(row.account), -row.cents, row.client_id, row.invoice_id, row.about) for row in rows]


def balance(session: Session, account: Account, *conditions: ColumnElement[bool]) -> int:
    """Return the US cents on an account, debits positive, of the postings that meet the conditions."""
    total = select(func.coalesce(func.sum(Posting.cents), 0)).where(
        Posting.account == account.value, *conditions
    )
    return session.scalar(total) or 0

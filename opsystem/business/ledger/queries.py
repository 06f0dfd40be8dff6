"""What may be asked about the books."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select

from opsystem.business.clients.models import Client
from opsystem.business.ledger.chart import TITLES, Account, is_debit, kind_of
from opsystem.business.ledger.models import Entry, Posting
from opsystem.business.ledger.records import AccountRow, EntryLine, EntryPage, PostingRow
from opsystem.business.references import ClientRef, EntryRef, InvoiceRef, number_of
from opsystem.kit.refs import make_ref
from opsystem.operations import Page, Permission, Work, query

PAGE = 50


@query(permission=Permission.MONEY_READ, label="Show accounts")
def list_accounts(work: Work, *, until: date | None = None) -> list[AccountRow]:
    """List the accounts of the books with their balances in US cents, as of a day (default: all)."""
    sums = select(Posting.account, func.sum(Posting.cents)).group_by(Posting.account)
    if until is not None:
        sums = sums.where(Posting.day <= until)
    known = {row[0]: row[1] for row in work.session.execute(sums)}
    return [
        AccountRow(
            one.value, TITLES[one], kind_of(one), (1 if is_debit(one) else -1) * known.get(one.value, 0)
        )
        for one in Account
    ]


@query(permission=Permission.MONEY_READ, label="List postings")
def list_postings(
    work: Work,
    *,
    account: Account,
    since: date | None = None,
    until: date | None = None,
    client: ClientRef | None = None,
    invoice: InvoiceRef | None = None,
    page: Annotated[int, Field(ge=1)] = 1,
) -> Page[PostingRow]:
    """List what was posted on an account, newest first: the rows behind every sum that is shown."""
    wanted = [Posting.account == account.value]
    if since is not None:
        wanted.append(Posting.day >= since)
    if until is not None:
        wanted.append(Posting.day <= until)
    if client is not None:
        wanted.append(Posting.client_id == number_of(client))
    if invoice is not None:
        wanted.append(Posting.invoice_id == number_of(invoice))
    running = func.sum(Posting.cents).over(order_by=(Posting.day, Posting.id))
    rows = (
        select(Posting, Entry, Client.name, running)
        .join(Entry, Entry.id == Posting.entry_id)
        .outerjoin(Client, Client.id == Posting.client_id)
        .where(*wanted)
        .order_by(Posting.day.desc(), Posting.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    total = work.session.scalar(select(func.count(Posting.id)).where(*wanted)) or 0
    return Page([_row(*row) for row in work.session.execute(rows)], total, page, PAGE)


def _row(posting: Posting, entry: Entry, name: str | None, running: int) -> PostingRow:
    return PostingRow(
        id=posting.id,
        entry=entry.ref,
        entry_id=entry.id,
        day=posting.day,
        event=entry.event,
        source=entry.source,
        client=make_ref("client", posting.client_id) if posting.client_id else None,
        client_name=name,
        invoice=make_ref("invoice", posting.invoice_id) if posting.invoice_id else None,
        cents=posting.cents,
        balance_cents=running,
        by=entry.by,
    )


@query(permission=Permission.MONEY_READ, label="Show entry")
def show_entry(work: Work, *, entry: EntryRef) -> EntryPage:
    """Show one entry of the books: its debits and credits, and the paper it stands on."""
    row = work.get(Entry, number_of(entry), "entry")
    postings = work.session.scalars(select(Posting).where(Posting.entry_id == row.id).order_by(Posting.id))
    lines = [
        EntryLine(one.account, TITLES[Account(one.account)], max(one.cents, 0), max(-one.cents, 0))
        for one in postings
    ]
    reverses = make_ref("entry", row.reverses_id) if row.reverses_id else None
    return EntryPage(row.ref, row.id, row.day, row.event, row.source, row.at, row.by, reverses, lines)

"""Receivables by age, revenue and cash: plain numbers, each with the rows it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from opsystem.business.clients.models import Client
from opsystem.business.invoices.models import Invoice
from opsystem.business.invoices.records import InvoiceRow
from opsystem.business.invoices.rows import invoice_rows, with_clients
from opsystem.business.ledger.chart import TITLES, Account
from opsystem.business.ledger.models import Posting
from opsystem.business.profile.queries import today
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query

# Days overdue at which a bucket ends; what is later stands in the last.
BUCKETS = (("Not due yet", -1), ("1 to 30 days late", 30), ("31 to 60", 60), ("61 to 90", 90))
LAST = "More than 90"
_CASH = (Account.BANK, Account.UNDEPOSITED, Account.CLEARING)
_EARNED = (Account.REVENUE, Account.DISCOUNTS)


@dataclass(frozen=True)
class Bucket:
    """What is owed of one age, in US cents, and the invoices it is made of."""

    name: str
    cents: int
    invoices: list[InvoiceRow]


@dataclass(frozen=True)
class Ageing:
    """What clients owe by age. The buckets sum to `total_cents`, which is the books' own sum."""

    day: date
    buckets: list[Bucket]
    total_cents: int


@dataclass(frozen=True)
class Sum:
    """One line of a report in US cents: a month, a client or an account. `key` is what to drill down by."""

    key: str
    name: str
    cents: int


@query(permission=Permission.MONEY_READ, label="Show receivables by age")
def receivables_ageing(work: Work) -> Ageing:
    """Show what clients owe, by how late it is; every bucket with its invoices. US cents."""
    day = today(work)
    rows = invoice_rows(
        work, with_clients().where(Invoice.open_cents != 0).order_by(Invoice.due_on, Invoice.id)
    )
    names = [name for name, _ in BUCKETS] + [LAST]
    filled: dict[str, list[InvoiceRow]] = {name: [] for name in names}
    for row in rows:
        late = (day - row.due_on).days
        ends = next((name for name, until in BUCKETS if late <= max(until, 0)), LAST)
        filled[ends].append(row)
    buckets = [Bucket(name, sum(row.due_cents for row in filled[name]), filled[name]) for name in names]
    return Ageing(day, buckets, sum(bucket.cents for bucket in buckets))


@query(permission=Permission.MONEY_READ, label="Show revenue")
def revenue(work: Work, *, since: date, until: date, by_client: bool = False) -> list[Sum]:
    """Show what was earned from a day to a day, by month or by client, after discounts and before tax.

    US cents. The rows behind it: `list_postings` of the accounts 4000 and 4900.
    """
    earned = -func.sum(Posting.cents)
    wanted = (
        Posting.account.in_([one.value for one in _EARNED]), Posting.day >= since, Posting.day <= until
    )  # fmt: skip
    if by_client:
        rows = (
            select(Posting.client_id, Client.name, earned)
            .outerjoin(Client, Client.id == Posting.client_id)
            .where(*wanted)
            .group_by(Posting.client_id)
            .order_by(earned.desc())
        )
        return [
            Sum(make_ref("client", number) if number else "", name or "Erased clients", cents)
            for number, name, cents in work.session.execute(rows)
        ]
    month = func.strftime("%Y-%m", Posting.day)
    sums = select(month, earned).where(*wanted).group_by(month).order_by(month)
    return [Sum(key, key, cents) for key, cents in work.session.execute(sums)]


@query(permission=Permission.MONEY_READ, label="Show cash")
def cash(work: Work, *, since: date, until: date) -> list[Sum]:
    """Show how cash, bank and the processor's balance changed from a day to a day, by account. US cents."""
    sums = (
        select(Posting.account, func.sum(Posting.cents))
        .where(Posting.account.in_([one.value for one in _CASH]), Posting.day >= since, Posting.day <= until)
        .group_by(Posting.account)
    )
    known = {row[0]: row[1] for row in work.session.execute(sums)}
    return [Sum(one.value, TITLES[one], known.get(one.value, 0)) for one in _CASH]

"""The tiles of Today: what an owner looks at first, each the sum of a list one can open.

Each tile is one question to the database; the list it stands for is named beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select

from opsystem.business.asking.models import Proposal
from opsystem.business.billing.batch import sum_to_invoice
from opsystem.business.conversations.models import Thread
from opsystem.business.invoices.models import Invoice, InvoiceDraft
from opsystem.business.invoices.queries import Which, in_state
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.queries.filters import StateFilter, condition_of
from opsystem.business.overview.ahead import late, list_expected
from opsystem.business.profile.queries import to_utc, today
from opsystem.business.quotes.models import Quote
from opsystem.business.quotes.queries.lists import QuoteFilter, in_quote_state
from opsystem.operations import Permission, Work, query


class TileName(StrEnum):
    """Which tile: what it counts."""

    VISITS = "visits"
    LATE = "late"
    UNSCHEDULED = "unscheduled"
    UNREAD = "unread"
    APPROVALS = "approvals"
    QUOTES = "quotes"
    TO_INVOICE = "to_invoice"
    DRAFTS = "drafts"
    OVERDUE = "overdue"
    UNPAID = "unpaid"
    EXPECTED = "expected"


@dataclass(frozen=True)
class Tile:
    """How many records there are, and where they have amounts, their sum in US cents."""

    name: TileName
    count: int
    cents: int | None


@query(permission=Permission.PROFILE_READ, label="Show today's tiles")
def show_tiles(work: Work) -> list[Tile]:
    """Show what waits today, only what this role may see; each tile equals a list.

    `visits` and `late`: today's visits, and list_late_visits. `unscheduled`: list_jobs of that state.
    `unread`: list_threads. `approvals`: list_proposals. `quotes`: list_quotes that wait for an answer.
    `to_invoice`: list_jobs_to_invoice. `drafts`: list_drafts. `overdue`, `unpaid`: list_invoices, what is
    owed of them. `expected`: list_expected, the coming seven days. Amounts are US cents.
    """
    return [Tile(name, *ask(work)) for name, (needed, ask) in _TILES.items() if work.actor.may(needed)]


Told = tuple[int, int | None]


def _count(work: Work, of: ColumnElement[int], condition: ColumnElement[bool]) -> Told:
    return work.session.scalar(select(func.count(of)).where(condition)) or 0, None


def _visits(work: Work) -> Told:
    begins = datetime.combine(today(work), time.min)
    first, last = to_utc(work, begins), to_utc(work, begins + timedelta(days=1))
    on_the_day = (Visit.starts_at >= first) & (Visit.starts_at < last)
    return _count(work, Visit.id.expression, on_the_day & Visit.cancelled_at.is_(None))


def _approvals(work: Work) -> Told:
    waiting = (Proposal.state == "pending") & (Proposal.expires_at > work.now)
    return _count(work, Proposal.id.expression, waiting)


def _invoices(which: Which) -> Callable[[Work], Told]:
    def ask(work: Work) -> Told:
        sums = select(func.count(Invoice.id), func.sum(Invoice.open_cents)).where(in_state(work, which))
        count, cents = work.session.execute(sums).one()
        return count, cents or 0

    return ask


def _expected(work: Work) -> Told:
    rows = work.do(list_expected)
    return len(rows), sum(row.open_cents for row in rows)


_TILES: dict[TileName, tuple[Permission, Callable[[Work], Told]]] = {
    TileName.VISITS: (Permission.JOBS_READ, _visits),
    TileName.LATE: (Permission.JOBS_READ, lambda work: _count(work, Visit.id.expression, late(work))),
    TileName.UNSCHEDULED: (
        Permission.JOBS_WRITE,
        lambda work: _count(work, Job.id.expression, condition_of(StateFilter.UNSCHEDULED)),
    ),
    TileName.UNREAD: (
        Permission.MESSAGES_READ,
        lambda work: _count(work, Thread.id.expression, Thread.unread_since.is_not(None)),
    ),
    TileName.APPROVALS: (Permission.APPROVE, _approvals),
    TileName.QUOTES: (
        Permission.MONEY_READ,
        lambda work: _count(work, Quote.id.expression, in_quote_state(QuoteFilter.WAITING, today(work))),
    ),
    TileName.TO_INVOICE: (Permission.MONEY_READ, sum_to_invoice),
    TileName.DRAFTS: (
        Permission.MONEY_READ,
        lambda work: _count(work, InvoiceDraft.id.expression, InvoiceDraft.id > 0),
    ),
    TileName.OVERDUE: (Permission.MONEY_READ, _invoices(Which.OVERDUE)),
    TileName.UNPAID: (Permission.MONEY_READ, _invoices(Which.UNPAID)),
    TileName.EXPECTED: (Permission.MONEY_READ, _expected),
}

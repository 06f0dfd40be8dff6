"""A client's quotes: what was sent to him, without what it costs the business."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from opsystem.business.hub.records import MyQuoteRow
from opsystem.business.quotes.models import Quote
from opsystem.business.quotes.queries import show_quote
from opsystem.business.quotes.records import QuoteRecord, QuoteState, QuoteTotals
from opsystem.business.references import QuoteRef, number_of
from opsystem.operations import Permission, Work, query
from opsystem.operations.errand import run_errand

WAITING = {QuoteState.SENT, QuoteState.VIEWED, QuoteState.CHANGES}


@query(permission=Permission.HUB, label="Show my quotes", assistant=False)
def my_quotes(work: Work) -> list[MyQuoteRow]:
    """Show a client the quotes he was sent, the newest first; of an offer its last revision only."""
    newest = (
        select(Quote.id)
        .where(Quote.revised_at.is_(None), Quote.archived_at.is_(None))
        .order_by(Quote.sent_at.desc())
        .limit(100)
    )
    return [_row(_told(work, number)) for number in work.session.scalars(newest)]


@query(permission=Permission.HUB, label="Show my quote", assistant=False)
def my_quote(work: Work, *, quote: QuoteRef) -> QuoteRecord:
    """Show a client a quote he was sent: options, lines, sums, terms."""
    return _told(work, work.get(Quote, number_of(quote), "quote").id)


def _told(work: Work, number: int) -> QuoteRecord:
    told = run_errand(work, show_quote, quote=f"Q-{number}")
    options = [
        replace(
            option,
            lines=[replace(line, cost_cents=None, price=None) for line in option.lines],
            totals=_bare(option.totals),
            with_all=_bare(option.with_all),
        )
        for option in told.options
    ]
    return replace(told, options=options, happened=[])


def _bare(totals: QuoteTotals) -> QuoteTotals:
    return replace(totals, cost_cents=None)


def _row(told: QuoteRecord) -> MyQuoteRow:
    standing = [option for option in told.options if not option.archived]
    total = max((option.totals.total_cents for option in standing), default=0)
    return MyQuoteRow(
        ref=told.ref,
        id=told.id,
        title=told.title,
        state=told.state.value,
        total_cents=total,
        expires_on=told.expires_on,
        sent_at=told.sent_at or told.created_at,
        open=told.state in WAITING,
    )

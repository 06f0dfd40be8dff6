"""Where a quote stands, read from its dated facts."""

from __future__ import annotations

from datetime import date

from opsystem.business.profile.queries import zone_of
from opsystem.business.quotes.models import Quote
from opsystem.business.quotes.records import Happened, QuoteState
from opsystem.kit import clock
from opsystem.operations import Work


def today_of(work: Work) -> date:
    """Return the day it is for the business."""
    return clock.local(work.now, zone_of(work.session)).date()


def state_of(quote: Quote, today: date) -> QuoteState:
    """Return where a quote stands on a day."""
    decided = (
        (quote.accepted_at, QuoteState.ACCEPTED),
        (quote.archived_at, QuoteState.ARCHIVED),
        (quote.declined_at, QuoteState.DECLINED),
        (quote.revised_at, QuoteState.REVISED),
    )
    for at, state in decided:
        if at is not None:
            return state
    if quote.sent_at is None:
        return QuoteState.DRAFT
    if quote.expires_on is not None and quote.expires_on < today:
        return QuoteState.EXPIRED
    if quote.asked_at is not None:
        return QuoteState.CHANGES
    return QuoteState.VIEWED if quote.viewed_at is not None else QuoteState.SENT


def happened(quote: Quote, client_name: str) -> list[Happened]:
    """Return what happened to a quote, the newest first."""
    told = [
        (QuoteState.DRAFT, quote.created_at, quote.created_by, ""),
        (QuoteState.SENT, quote.sent_at, quote.sent_by, ""),
        (QuoteState.VIEWED, quote.viewed_at, client_name, ""),
        (QuoteState.CHANGES, quote.asked_at, quote.asked_by, quote.asked_words),
        (QuoteState.ACCEPTED, quote.accepted_at, quote.accepted_by, ""),
        (QuoteState.DECLINED, quote.declined_at, quote.declined_by, quote.declined_reason),
        (QuoteState.REVISED, quote.revised_at, quote.revised_by, ""),
        (QuoteState.ARCHIVED, quote.archived_at, quote.archived_by, ""),
    ]
    rows = [Happened(what, at, by or "", words or "") for what, at, by, words in told if at is not None]
    return sorted(rows, key=lambda row: row.at, reverse=True)

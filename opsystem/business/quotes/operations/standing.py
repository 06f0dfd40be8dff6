"""Letting a quote stand as sent, and putting one away."""

from __future__ import annotations

from opsystem.business.quotes.finding import draft_row, quote_row
from opsystem.business.quotes.freezing import freeze
from opsystem.business.quotes.records import QuoteSaved
from opsystem.business.references import QuoteRef
from opsystem.kit.errors import Conflict
from opsystem.operations import Effect, Permission, Saved, Work, operation


@operation(permission=Permission.QUOTES_WRITE, effect=Effect.COMMIT, label="Mark quote as sent")
def mark_quote_sent(work: Work, *, quote: QuoteRef) -> QuoteSaved:
    """Note that a quote was given to the client by hand, printed or read out. Nothing is sent.

    From then on it stands as it is: amounts, taxes and terms.
    """
    row = draft_row(work, quote)
    freeze(work, row)
    work.describe(f"Marked {row.ref} “{row.title}” as sent")
    return QuoteSaved(row.ref, row.id, row.version)


@operation(permission=Permission.QUOTES_WRITE, effect=Effect.COMMIT, label="Archive quote")
def archive_quote(work: Work, *, quote: QuoteRef) -> Saved:
    """Put a quote away: no answer is waited for any more, and it cannot be accepted."""
    row = quote_row(work, quote)
    if row.accepted_at is not None:
        raise Conflict(f"{row.ref} is accepted and stays.", code="quote_accepted")
    if row.archived_at is not None:
        raise Conflict(f"{row.ref} is already archived.", code="quote_archived")
    row.archived_at, row.archived_by = work.now, work.actor.name
    work.describe(f"Archived {row.ref} “{row.title}”")
    return Saved(row.ref, row.id)

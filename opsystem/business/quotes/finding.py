"""A quote as operations take it: there, and in a state that allows what is wanted."""

from __future__ import annotations

from opsystem.business.quotes.models import Quote
from opsystem.business.references import number_of
from opsystem.kit.errors import Conflict
from opsystem.operations import Work


def quote_row(work: Work, reference: str) -> Quote:
    """Return a quote. Raises NotFound."""
    return work.get(Quote, number_of(reference), "quote")


def draft_row(work: Work, reference: str, base_version: int | None = None) -> Quote:
    """Return a quote that may still be edited. Raises Conflict for one sent, archived or changed."""
    quote = quote_row(work, reference)
    if quote.sent_at is not None:
        raise Conflict(f"{quote.ref} was sent and stays as it is. Make a revision of it.", code="quote_sent")
    if quote.archived_at is not None:
        raise Conflict(f"{quote.ref} is archived.", code="quote_archived")
    if base_version is not None and base_version != quote.version:
        raise Conflict(
            f"{quote.changed_by} changed {quote.ref} meanwhile. Look at both, then save again.",
            code="stale",
            fields={"base_version": str(quote.version)},
        )
    return quote

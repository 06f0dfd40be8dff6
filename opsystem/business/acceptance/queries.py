"""What may be asked about acceptances."""

from __future__ import annotations

from opsystem.business.acceptance.open_lines import open_parts
from opsystem.business.acceptance.records import AcceptanceRecord, OpenLine
from opsystem.business.acceptance.telling import acceptance_of, acceptance_record
from opsystem.business.quotes.finding import quote_row
from opsystem.business.references import QuoteRef
from opsystem.operations import Permission, Work, query


@query(permission=Permission.MONEY_READ, label="Show acceptance")
def show_acceptance(work: Work, *, quote: QuoteRef) -> AcceptanceRecord | None:
    """Show how a quote was accepted: choice, name, signature, time, address, hashes; None if it was not."""
    row = acceptance_of(work, quote_row(work, quote).id)
    return acceptance_record(work, row) if row is not None else None


@query(permission=Permission.MONEY_READ, label="List open lines of a quote")
def list_open_lines(work: Work, *, quote: QuoteRef) -> list[OpenLine]:
    """List the lines of an accepted quote, and how much of each is on no job yet (`open_milli`)."""
    row = quote_row(work, quote)
    accepted = acceptance_of(work, row.id)
    parts = open_parts(work, row, accepted) if accepted is not None else []
    return [
        OpenLine(
            part.line.id, part.line.description, part.line.quantity_milli, part.open_milli, part.line.unit,
            part.line.unit_cents, part.discount_cents,
        )
        for part in parts
    ]  # fmt: skip

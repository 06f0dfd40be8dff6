"""Who has a quote open for editing just now."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, or_, select

from opsystem.business.quotes.finding import draft_row
from opsystem.business.quotes.models import QuoteEditing
from opsystem.business.references import QuoteRef
from opsystem.operations import Effect, Permission, Work, operation

SEEN_FOR = timedelta(minutes=5)


@operation(
    permission=Permission.QUOTES_WRITE, effect=Effect.DRAFT, label="Open quote for editing", assistant=False
)
def begin_editing_quote(work: Work, *, quote: QuoteRef) -> list[str]:
    """Note that this person has a draft open for editing; return the names of the others who have, lately."""
    row = draft_row(work, quote)
    mine = (QuoteEditing.quote_id == row.id) & (QuoteEditing.actor == work.actor.id)
    work.session.execute(delete(QuoteEditing).where(or_(mine, QuoteEditing.seen_at < work.now - SEEN_FOR)))
    others = select(QuoteEditing.name).where(QuoteEditing.quote_id == row.id).order_by(QuoteEditing.id)
    names = list(work.session.scalars(others))
    work.session.add(
        QuoteEditing(quote_id=row.id, actor=work.actor.id, name=work.actor.name, seen_at=work.now)
    )
    return names

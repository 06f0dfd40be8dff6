"""A quote made from another: a revision of the same offer, or a new one like it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import or_, select

from opsystem.business.clients.models import Client
from opsystem.business.quotes.contents import lines_of, options_of
from opsystem.business.quotes.finding import quote_row
from opsystem.business.quotes.models import Quote, QuoteLine, QuoteOption
from opsystem.business.quotes.operations.drafting import VALID_DAYS
from opsystem.business.quotes.records import QuoteSaved
from opsystem.business.quotes.states import today_of
from opsystem.business.references import ClientRef, QuoteRef, number_of
from opsystem.kit.errors import Conflict
from opsystem.operations import Effect, Permission, Work, operation

_TAKEN = (
    "title",
    "message",
    "discount_cents",
    "discount_milli_percent",
    "deposit_cents",
    "deposit_milli_percent",
)
_OPTION = ("position", "name", "description", "recommended")
_LINE = (
    "position", "price_id", "list_cents", "description", "quantity_milli", "unit", "unit_cents", "cost_cents",
    "taxable", "optional",
)  # fmt: skip


@operation(permission=Permission.QUOTES_WRITE, effect=Effect.DRAFT, label="Revise quote")
def revise_quote(work: Work, *, quote: QuoteRef) -> QuoteSaved:
    """Begin a revision of a quote that was sent: a draft of the same offer, to replace it once it is sent.

    Until then the client may still accept the one that was sent. The old one stays readable.
    """
    row = quote_row(work, quote)
    if row.sent_at is None:
        raise Conflict(f"{row.ref} was not sent yet. Edit it.", code="not_sent")
    if row.accepted_at is not None:
        raise Conflict(
            f"{row.ref} is accepted. Write another quote for what is added.", code="quote_accepted"
        )
    root = row.root_id or row.id
    family = select(Quote).where(or_(Quote.id == root, Quote.root_id == root)).order_by(Quote.revision)
    revisions = work.session.scalars(family).all()
    waiting = next((one for one in revisions if one.is_draft), None)
    if waiting is not None:
        raise Conflict(f"{waiting.ref} is a revision of it already, not sent yet.", code="revision_waits")
    made = _copy(work, row, row.client_id)
    made.property_id, made.job_id = row.property_id, row.job_id
    made.root_id, made.revision = root, revisions[-1].revision + 1
    work.session.flush()
    work.describe(f"Began revision {made.revision} of {row.ref} as {made.ref}")
    return QuoteSaved(made.ref, made.id, made.version)


@operation(permission=Permission.QUOTES_WRITE, effect=Effect.DRAFT, label="Duplicate quote")
def duplicate_quote(work: Work, *, quote: QuoteRef, client: ClientRef | None = None) -> QuoteSaved:
    """Write a new quote like another one, for the same client or a different one, with the same amounts."""
    row = quote_row(work, quote)
    whose = work.get(Client, number_of(client) if client else row.client_id, "client")
    if whose.archived_at is not None:
        raise Conflict(f"{whose.name} is archived. Restore the client first.", code="client_archived")
    made = _copy(work, row, whose.id)
    if whose.id == row.client_id:
        made.property_id = row.property_id
    work.session.flush()
    work.describe(f"Wrote {made.ref} for {whose.name} like {row.ref}")
    return QuoteSaved(made.ref, made.id, made.version)


def _copy(work: Work, row: Quote, client_id: int) -> Quote:
    made = Quote(
        client_id=client_id,
        expires_on=today_of(work) + timedelta(days=VALID_DAYS),
        created_at=work.now,
        created_by=work.actor.name,
        changed_at=work.now,
        changed_by=work.actor.name,
        **{name: getattr(row, name) for name in _TAKEN},
    )
    work.session.add(made)
    work.session.flush()
    lines = lines_of(work, row.id)
    for option in options_of(work, row.id):
        copied = QuoteOption(quote_id=made.id, **{name: getattr(option, name) for name in _OPTION})
        work.session.add(copied)
        work.session.flush()
        work.session.add_all(
            QuoteLine(quote_id=made.id, option_id=copied.id, **{name: getattr(one, name) for name in _LINE})
            for one in lines[option.id]
        )
    return made

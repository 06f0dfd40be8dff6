"""What a client may do about a quote through a link of his own. Row scope holds him to his quotes."""

from __future__ import annotations

from opsystem.business.acceptance.answering import Answer, accept, ask_changes, decline
from opsystem.business.acceptance.choosing import chosen
from opsystem.business.acceptance.inputs import (
    Device,
    Ip,
    LineIds,
    OptionId,
    Reason,
    Signature,
    Signer,
    TermsVersion,
    Wishes,
)
from opsystem.business.acceptance.records import AcceptanceRecord, Choice
from opsystem.business.acceptance.telling import acceptance_of, acceptance_record
from opsystem.business.quotes.finding import quote_row
from opsystem.business.quotes.models import Quote
from opsystem.business.quotes.queries.one import quote_record
from opsystem.business.quotes.records import QuoteRecord
from opsystem.business.quotes.sums import rates_from, told
from opsystem.business.references import QuoteRef
from opsystem.kit.errors import NotFound
from opsystem.operations import Effect, Permission, Saved, Work, operation, query


@query(permission=Permission.HUB, label="Read own quote", assistant=False)
def read_own_quote(work: Work, *, quote: QuoteRef) -> QuoteRecord:
    """Show a client a quote that was sent to him, without what things cost the business."""
    return quote_record(work, _sent(work, quote))


@query(permission=Permission.HUB, label="Read own acceptance", assistant=False)
def read_own_acceptance(work: Work, *, quote: QuoteRef) -> AcceptanceRecord | None:
    """Show a client how he accepted a quote, if he did."""
    row = acceptance_of(work, _sent(work, quote).id)
    return acceptance_record(work, row) if row is not None else None


@query(permission=Permission.HUB, label="Price own choice", assistant=False)
def price_own_choice(
    work: Work, *, quote: QuoteRef, option: OptionId | None = None, optional_lines: LineIds = ()
) -> Choice:
    """Tell a client what an option comes to with the optional lines he would take. US cents."""
    row = _sent(work, quote)
    found, lines = chosen(work, row, option, optional_lines)
    totals = told(row, lines, rates_from(row.rates), sees_cost=False)
    return Choice(found.id, found.name, [one.id for one in lines], totals)


@operation(permission=Permission.HUB, effect=Effect.DRAFT, label="Open own quote", assistant=False)
def note_quote_viewed(work: Work, *, quote: QuoteRef) -> Saved:
    """Note that the client has opened a quote; the first time counts."""
    row = _sent(work, quote)
    if row.viewed_at is None:
        row.viewed_at = work.now
        work.describe(f"{work.actor.name} opened {row.ref}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.HUB, effect=Effect.COMMIT, label="Accept own quote", assistant=False)
def accept_own_quote(
    work: Work,
    *,
    quote: QuoteRef,
    name: Signer,
    terms_version: TermsVersion,
    option: OptionId | None = None,
    optional_lines: LineIds = (),
    signature: Signature = "",
    pays_all: bool = False,
    ip: Ip = "",
    device: Device = "",
) -> AcceptanceRecord:
    """Accept a quote: terms first, then name or signature. Asked again, the first answer is given."""
    answer = Answer(
        option, optional_lines, name, signature, terms_version, ip, device, pays_all, on_behalf=False
    )
    return accept(work, _sent(work, quote), answer)


@operation(permission=Permission.HUB, effect=Effect.COMMIT, label="Decline own quote", assistant=False)
def decline_own_quote(work: Work, *, quote: QuoteRef, reason: Reason = "") -> Saved:
    """Decline a quote, with a reason if the client gives one."""
    row = _sent(work, quote)
    decline(work, row, work.actor.name, reason)
    return Saved(row.ref, row.id)


@operation(permission=Permission.HUB, effect=Effect.COMMIT, label="Ask for changes", assistant=False)
def ask_quote_changes(work: Work, *, quote: QuoteRef, words: Wishes) -> Saved:
    """Tell the business what should be different about a quote."""
    row = _sent(work, quote)
    ask_changes(work, row, work.actor.name, words)
    return Saved(row.ref, row.id)


def _sent(work: Work, reference: str) -> Quote:
    """Return a quote that left the building: drafts are not there for a client. Raises NotFound."""
    row = quote_row(work, reference)
    if row.sent_at is None:
        raise NotFound("There is no such quote.", code="no_quote")
    return row

"""The rules of an answer, whoever brings it: which quotes can be answered, and what is written down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from opsystem.business.acceptance.agreed import tell_agreed
from opsystem.business.acceptance.choosing import chosen
from opsystem.business.acceptance.models import Acceptance
from opsystem.business.acceptance.records import AcceptanceRecord
from opsystem.business.acceptance.telling import acceptance_of, acceptance_record
from opsystem.business.quotes.contents import options_of
from opsystem.business.quotes.document import canonical, hash_of
from opsystem.business.quotes.models import Quote
from opsystem.business.quotes.states import today_of
from opsystem.business.quotes.sums import deposit_of, rates_from, totals_of
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.money import show_cents
from opsystem.kit.refs import make_ref
from opsystem.operations import Work


@dataclass(frozen=True)
class Answer:
    """What was chosen and signed, and where it came from."""

    option: int | None
    lines: tuple[int, ...]
    name: str
    signature: str
    terms_version: int
    ip: str
    device: str
    pays_all: bool
    on_behalf: bool


def refuse_unanswerable(work: Work, quote: Quote) -> None:
    """Raise Conflict, saying why, unless an answer to this quote still counts."""
    if quote.sent_at is None:
        raise Conflict(f"{quote.ref} was not sent yet.", code="not_sent")
    if quote.accepted_at is not None:
        raise Conflict(f"{quote.ref} is accepted already.", code="quote_accepted")
    if quote.revised_at is not None:
        newer = make_ref("quote", quote.revised_by_id) if quote.revised_by_id else "a newer one"
        raise Conflict(f"{quote.ref} was replaced by {newer}. Please look at that one.", code="quote_revised")
    if quote.archived_at is not None:
        raise Conflict(f"{quote.ref} is no longer offered.", code="quote_archived")
    if quote.declined_at is not None:
        raise Conflict(f"{quote.ref} was declined.", code="quote_declined")
    if quote.expires_on is not None and quote.expires_on < today_of(work):
        last = f"{quote.expires_on:%B} {quote.expires_on.day}"
        raise Conflict(f"{quote.ref} was valid until {last}. Ask for a new one.", code="quote_expired")


def accept(work: Work, quote: Quote, answer: Answer) -> AcceptanceRecord:
    """Write an acceptance down; asked a second time, return the first.

    Raises Conflict for a quote that cannot be accepted, Invalid for a choice that is not offered or terms
    that are not those of the quote.
    """
    first = acceptance_of(work, quote.id)
    if first is not None:
        return acceptance_record(work, first, already=True)
    refuse_unanswerable(work, quote)
    _check_terms(quote, answer)
    option, lines = chosen(work, quote, answer.option, answer.lines)
    total = totals_of(quote, lines, rates_from(quote.rates)).total
    row = Acceptance(
        quote_id=quote.id,
        option_id=option.id,
        lines=json.dumps([one.id for one in lines if one.optional]),
        name=answer.name,
        signature=answer.signature,
        terms_version=answer.terms_version,
        ip=answer.ip,
        device=answer.device,
        document_hash=quote.document_hash or "",
        total_cents=total,
        deposit_cents=deposit_of(quote, total),
        pays_all=answer.pays_all,
        on_behalf=answer.on_behalf,
        accepted_at=work.now,
        accepted_by=work.actor.name,
    )
    row.agreement_hash = hash_of(canonical(_agreement(row)))
    work.session.add(row)
    quote.accepted_at, quote.accepted_by = work.now, answer.name
    tell_agreed(work, quote)
    for other in options_of(work, quote.id):
        if other.id != option.id:
            other.archived_at, other.archived_by = work.now, work.actor.name
    work.session.flush()
    named = f" “{option.name}”" if option.name else ""
    work.describe(f"{answer.name} accepted {quote.ref}{named} at {show_cents(total)}")
    return acceptance_record(work, row)


def decline(work: Work, quote: Quote, by: str, reason: str) -> None:
    """Note that a quote was declined, and why. Raises Conflict for one that cannot be answered."""
    refuse_unanswerable(work, quote)
    quote.declined_at, quote.declined_by, quote.declined_reason = work.now, by, reason
    work.describe(f"{by} declined {quote.ref}")


def ask_changes(work: Work, quote: Quote, by: str, words: str) -> None:
    """Note what the client wants different. Raises Conflict for a quote that cannot be answered."""
    refuse_unanswerable(work, quote)
    quote.asked_at, quote.asked_by, quote.asked_words = work.now, by, words
    work.describe(f"{by} asked for changes to {quote.ref}")


def _check_terms(quote: Quote, answer: Answer) -> None:
    """The terms come before the signature: what is signed must name the version that was shown."""
    if answer.terms_version != quote.terms_version:
        message = "Please read the terms of this quote first, then accept."
        raise Invalid(message, code="other_terms", fields={"terms_version": message})


def _agreement(row: Acceptance) -> dict[str, Any]:
    names = (
        "quote_id", "option_id", "lines", "name", "signature", "terms_version", "ip", "device",
        "document_hash", "total_cents", "deposit_cents", "pays_all", "on_behalf",
    )  # fmt: skip
    return {"accepted_at": row.accepted_at.isoformat(), **{name: getattr(row, name) for name in names}}

"""The moment a quote leaves: from then on it stands as it is, and a revision before it stands back."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.jobs.facts import Fact, note_fact
from opsystem.business.jobs.models import Job
from opsystem.business.quotes.contents import lines_of, options_of
from opsystem.business.quotes.document import canonical, document_of, hash_of
from opsystem.business.quotes.models import Quote, QuoteTerms
from opsystem.business.quotes.rates import rates_of
from opsystem.business.quotes.states import today_of
from opsystem.business.quotes.sums import rates_json
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Work


def terms_now(work: Work) -> QuoteTerms | None:
    """Return the terms that stand now."""
    return work.session.scalar(select(QuoteTerms).order_by(QuoteTerms.id.desc()).limit(1))


def freeze(work: Work, quote: Quote) -> None:
    """Let a draft stand as sent: terms, rates and the whole document. One already sent stays as it is.

    Raises Invalid for a quote that cannot go out, Conflict when its predecessor was accepted meanwhile.
    """
    if quote.sent_at is not None:
        return
    _check(work, quote)
    quote.rates = rates_json(rates_of(work, quote))
    terms = terms_now(work)
    if terms is not None:
        quote.terms, quote.terms_version = terms.body, terms.id
    _stand_back(work, quote)
    quote.sent_at, quote.sent_by = work.now, work.actor.name
    quote.version += 1
    if quote.job_id is not None:
        note_fact(work, work.get(Job, quote.job_id, "job"), Fact.QUOTED)
    quote.document = canonical(document_of(work, quote))
    quote.document_hash = hash_of(quote.document)


def _check(work: Work, quote: Quote) -> None:
    if quote.archived_at is not None:
        raise Conflict(f"{quote.ref} is archived.", code="quote_archived")
    lines = lines_of(work, quote.id)
    empty = [one for one in options_of(work, quote.id) if not lines[one.id]]
    if empty or not lines:
        named = f" “{empty[0].name}”" if empty and empty[0].name else ""
        message = f"Add a line to the option{named} first." if named else "Add a line first."
        raise Invalid(message, code="no_lines", fields={"options": message})
    if quote.expires_on is not None and quote.expires_on < today_of(work):
        message = "This day is over. Choose a later one."
        raise Invalid(message, code="expired", fields={"expires_on": message})


def _stand_back(work: Work, quote: Quote) -> None:
    """Mark the earlier revisions of the same offer as revised."""
    if quote.root_id is None:
        return
    earlier = select(Quote).where(
        (Quote.id == quote.root_id) | (Quote.root_id == quote.root_id), Quote.id != quote.id
    )
    for one in work.session.scalars(earlier):
        if one.accepted_at is not None:
            raise Conflict(f"{one.ref} was accepted meanwhile.", code="quote_accepted")
        if one.revised_at is None:
            one.revised_at, one.revised_by, one.revised_by_id = work.now, work.actor.name, quote.id

"""A client wants a quote to be different: it is noted on the quote and lands as a message in his thread."""

from __future__ import annotations

from opsystem.business.acceptance.client_side import ask_quote_changes
from opsystem.business.hub.messages import write_to_business
from opsystem.business.hub.quotes import WAITING
from opsystem.business.hub.records import Answered
from opsystem.business.quotes.models import Quote
from opsystem.business.quotes.states import state_of, today_of
from opsystem.business.references import QuoteRef, number_of
from opsystem.business.wording import Body
from opsystem.operations import Effect, Permission, Work, operation


@operation(permission=Permission.HUB, effect=Effect.COMMIT, label="Ask about my quote", assistant=False)
def ask_about_my_quote(work: Work, *, quote: QuoteRef, text: Body) -> Answered:
    """Write to the business about a quote. While an answer is waited for, it counts as a wish for changes."""
    row = work.get(Quote, number_of(quote), "quote")
    if state_of(row, today_of(work)) in WAITING:
        work.do(ask_quote_changes, quote=row.ref, words=text[:5_000])
    done = work.do(write_to_business, text=text, about=row.ref)
    work.describe(f"{work.actor.name} asked about {quote}")
    return done

"""A client's quote: what it comes to and until when, his choice priced, and what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpResponse

from opsystem.business.acceptance.client_side import note_quote_viewed, read_own_acceptance
from opsystem.business.hub.paying import my_deposit
from opsystem.business.hub.quotes import WAITING, my_quote
from opsystem.business.quotes.records import QuoteRecord
from opsystem.kit import clock
from opsystem.kit.refs import make_ref
from opsystem.web.hub.choosing import Chosen, price
from opsystem.web.hub.door import ClientDoor, client_page

_OLD = timedelta(days=90)


def is_covered(door: ClientDoor, since: datetime | None) -> bool:
    """Tell whether money details are so old that a code is asked for first."""
    return since is not None and clock.now() - since > _OLD and not door.seat.is_proved


def read_quote(door: ClientDoor, quote: int) -> tuple[QuoteRecord, HttpResponse | None]:
    """Return a quote, and where to go first when a code is asked for before it is shown."""
    told = door.ask(my_quote, quote=make_ref("quote", quote))
    return told, door.go("prove") if is_covered(door, told.sent_at) else None


@client_page("GET")
def show(door: ClientDoor, quote: int) -> HttpResponse:
    """Show a quote; with a choice in the address, what that comes to."""
    told, first = read_quote(door, quote)
    if first is not None:
        return first
    if door.request.method == "GET" and not door.looking:
        door.perform(note_quote_viewed, quote=told.ref)
    waits = told.state in WAITING
    chosen = Chosen.of(door.request.GET, told) if waits else None
    accepted = door.ask(read_own_acceptance, quote=told.ref)
    context = {
        "quote": told,
        "waits": waits,
        "chosen": chosen,
        "priced": price(door, told, chosen) if chosen is not None and chosen.is_given else None,
        "accepted": accepted,
        "agreed": price(door, told, Chosen.accepted(accepted)) if accepted is not None else None,
        "deposit": door.ask(my_deposit, quote=told.ref),
        "newer": _newer(told),
    }
    return door.page("hub/quote.html", context)


def _newer(told: QuoteRecord) -> int | None:
    """Return the number of the revision that stands in place of this one, if there is one."""
    later = [one for one in told.revisions if one.revision > told.revision and one.sent_at is not None]
    return later[-1].id if later else None

"""A client's quote and invoice: what it comes to and until when."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpResponse

from opsystem.business.hub.invoices import my_invoice
from opsystem.business.hub.quotes import my_quote, see_my_quote
from opsystem.kit import clock
from opsystem.kit.refs import make_ref
from opsystem.web.hub.door import ClientDoor, client_page

_OLD = timedelta(days=90)


def is_covered(door: ClientDoor, since: datetime | None) -> bool:
    """Tell whether money details are so old that a code is asked for first."""
    return since is not None and clock.now() - since > _OLD and not door.seat.is_proved


@client_page("GET")
def show(door: ClientDoor, quote: int) -> HttpResponse:
    """Show a quote."""
    ref = make_ref("quote", quote)
    told = door.ask(my_quote, quote=ref)
    if is_covered(door, told.sent_at):
        return door.go("prove")
    if door.request.method == "GET" and not door.looking:
        door.perform(see_my_quote, quote=ref)
    return door.page("hub/quote.html", {"quote": told})


@client_page("GET")
def invoice(door: ClientDoor, invoice: int) -> HttpResponse:
    """Show an invoice."""
    told = door.ask(my_invoice, invoice=make_ref("invoice", invoice))
    if is_covered(door, told.issued_at):
        return door.go("prove")
    return door.page("hub/invoice.html", {"told": told})

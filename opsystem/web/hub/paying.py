"""The way to Stripe's own page and back. No number of a card is ever typed here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from opsystem.business.collecting.operations import own_checkout
from opsystem.business.hub.invoices import my_invoice
from opsystem.business.hub.paying import my_deposit
from opsystem.delivery.collecting.paying import start_checkout
from opsystem.kit.errors import Conflict, Invalid, Unavailable
from opsystem.kit.refs import make_ref, parse_ref
from opsystem.web.accounts.access import EVERYONE, access
from opsystem.web.door import see_other
from opsystem.web.hub.door import ClientDoor, client_page
from opsystem.web.hub.quotes import is_covered, read_quote
from opsystem.web.hub.returning import recall, remember
from opsystem.web.templating import page


# A link and not a form: browsers hold a form's answer to the policy that says where forms may lead, which is
# here. Asked twice, the same page at Stripe is given again, so that nothing is begun by looking.
@client_page("GET")
def pay_invoice(door: ClientDoor, invoice: int) -> HttpResponse:
    """Lead to Stripe's page for what is owed on an invoice at this moment."""
    ref = make_ref("invoice", invoice)
    if is_covered(door, door.ask(my_invoice, invoice=ref).issued_at):
        return door.go("prove")
    return _lead(door, "invoice", invoice, invoice=ref)


@client_page("GET")
def pay_deposit(door: ClientDoor, quote: int) -> HttpResponse:
    """Lead to Stripe's page for what is left of a quote's deposit."""
    told, first = read_quote(door, quote)
    if first is not None:
        return first
    asked = door.ask(my_deposit, quote=told.ref)
    if asked is None or not asked.left_cents:
        return door.go("quote", quote, tell="Nothing is to be paid for this quote now.")
    return _lead(door, "quote", quote, deposit_for=told.ref, cents=asked.left_cents)


@client_page("GET")
def paid(door: ClientDoor, checkout: int) -> HttpResponse:
    """Say what is known of a payment, for somebody who has just come back from Stripe's page."""
    told = door.ask(own_checkout, checkout=make_ref("checkout", checkout))
    about = told.invoice or told.deposit_for
    if door.seat.only and about != door.seat.about:
        return door.go("home")
    kind, number = parse_ref(about) if about else ("", 0)
    payment = parse_ref(told.payment)[1] if told.payment else None
    context = {"told": told, "about": about, "kind": kind, "number": number, "payment": payment}
    return door.page("hub/paid.html", context)


@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Lead who comes from Stripe's page to his own pages; whoever is not known here is thanked."""
    known = recall(request)
    if known is not None:
        return see_other(f"/c/{known[0]}/paid/{known[1]}")
    return page(request, "collecting/paid.html", {})


def _lead(door: ClientDoor, name: str, number: int, **given: Any) -> HttpResponse:
    if door.request.method != "GET":
        return door.go(name, number)
    client = make_ref("client", door.seat.actor.client_id or 0)
    business = int(door.word.partition("-")[0])
    try:
        begun, address = start_checkout(door.vault, business, door.seat.actor, {"client": client, **given})
    except (Conflict, Invalid, Unavailable) as problem:
        return door.go(name, number, tell=problem.message)
    remember(door.request, door.word, begun.id)
    return see_other(address)


urlpatterns = [path("paid", access(EVERYONE)(back), name="paid")]

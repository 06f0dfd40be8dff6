"""Ways to pay that a client let be kept."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.collecting.operations import (
    begin_saving,
    forget_method,
    list_checkouts,
    saved_methods,
    set_auto_charge,
)
from opsystem.business.overview.queries import show_client
from opsystem.delivery.collecting.paying import page_address
from opsystem.delivery.collecting.route import route_of
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page


@business_page(Permission.MONEY_READ)
def ways(door: Door, client: int) -> HttpResponse:
    """Show the cards and accounts a client let Stripe keep, and what was collected."""
    ref = make_ref("client", client)
    context = {
        "client": door.ask(show_client, client=ref).client,
        "methods": door.ask(saved_methods, client=ref),
        "checkouts": door.ask(list_checkouts, client=ref),
        "number": client,
    }
    return door.page("collecting/ways.html", context)


@business_page(Permission.PAYMENTS_WRITE, "POST")
def keep(door: Door, client: int) -> HttpResponse:
    """Begin a page on which the client leaves a card; its address is for the client."""
    begun = door.perform(begin_saving, client=make_ref("client", client)).value
    address = page_address(route_of(door.vault, door.business.number), begun)
    door.tell(f"Give the client this address: {address}", kind="info")
    return door.go("collecting:ways", client)


@business_page(Permission.PAYMENTS_WRITE, "POST")
def auto(door: Door, method: int) -> HttpResponse:
    """Let invoices be charged by themselves, or not any more."""
    on = door.request.POST.get("on") == "yes"
    door.tell("Noted", done=door.perform(set_auto_charge, method=make_ref("method", method), on=on))
    return door.go_back("collecting:home")


@business_page(Permission.PAYMENTS_WRITE, "POST")
def forget(door: Door, method: int) -> HttpResponse:
    """Forget a way to pay."""
    door.perform(forget_method, method=make_ref("method", method))
    door.tell("It is forgotten, here and at Stripe")
    return door.go_back("collecting:home")

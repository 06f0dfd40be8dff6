"""Settings, Payments: how the account at Stripe stands, and the way to Stripe's own page."""

from __future__ import annotations

import secrets
from hmac import compare_digest

from django.http import HttpResponse

from opsystem.business.collecting.operations import (
    disconnect_stripe,
    list_checkouts,
    list_findings,
    stripe_standing,
)
from opsystem.delivery.collecting.paying import lead_to_stripe, look_again
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page, see_other

_STATE = "connecting"


@business_page(Permission.MONEY_READ)
def home(door: Door) -> HttpResponse:
    """Show how the account stands, what is missing, and what the last comparison found."""
    state = ""
    if door.actor.may(Permission.PAYMENTS_SETUP):
        state = door.request.session.get(_STATE) or secrets.token_urlsafe(24)
        door.request.session[_STATE] = state
    context = {
        "state": state,
        "standing": door.ask(stripe_standing),
        "findings": door.ask(list_findings),
        "checkouts": door.ask(list_checkouts),
    }
    return door.page("collecting/home.html", context)


# A link and not a form, because browsers hold a form's answer to the policy that says where forms may lead,
# and that is here alone. The word in the link stands in the owner's own session and serves once, so that no
# other site can begin this.
@business_page(Permission.PAYMENTS_SETUP)
def connect(door: Door) -> HttpResponse:
    """Lead the owner to Stripe's page, which leads back here."""
    given = door.request.GET.get("state", "").encode()
    meant = door.request.session.pop(_STATE, "").encode() if door.request.method == "GET" else b""
    if not meant or not compare_digest(given, meant):
        return door.go("collecting:home")
    back = door.url("collecting:back")
    return see_other(lead_to_stripe(door.vault, door.business.number, door.actor, back=back))


@business_page(Permission.PAYMENTS_SETUP)
def come_back(door: Door) -> HttpResponse:
    """Ask Stripe how the account is now, and show it."""
    look_again(door.vault, door.business.number)
    return door.go("collecting:home")


@business_page(Permission.PAYMENTS_SETUP, "POST")
def disconnect(door: Door) -> HttpResponse:
    """Take no payments by Stripe any more."""
    door.tell("Stripe is disconnected", done=door.perform(disconnect_stripe))
    return door.go("collecting:home")

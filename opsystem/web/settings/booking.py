"""Online booking: on or off, its rules, and what is offered."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse

from opsystem.business.booking.offering import add_service, remove_service, set_booking, show_booking
from opsystem.kit.errors import Invalid
from opsystem.kit.money import parse_cents
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState

_RULES = ("lands_as", "notice_hours", "lead_hours", "days_ahead", "intro")


@business_page(Permission.SETTINGS_MANAGE, "GET", "POST")
def booking(door: Door) -> HttpResponse:
    """Show how booking is set, and change it."""
    setup = door.ask(show_booking)
    form = FormState({**asdict(setup), "on": "on" if setup.on else None})
    if door.is_post:
        outcome = door.submit(set_booking, *_RULES, keep_empty=True, on="on" in door.request.POST)
        if outcome.done:
            door.tell("Saved", done=outcome.done)
            return door.go("settings:booking")
        form = outcome.form
    return door.page(
        "settings/booking.html", {"setup": setup, "form": form, "adding": FormState(prefix="new-")}
    )


@business_page(Permission.SETTINGS_MANAGE, "POST")
def add(door: Door) -> HttpResponse:
    """Offer one more service."""
    sent, price = door.request.POST, door.request.POST.get("price", "").strip()
    try:
        cents = parse_cents(price) if price else None
        outcome = door.submit(add_service, "name", "minutes", "description", "question", price_cents=cents)
        if outcome.done:
            door.tell(f"{sent.get('name', '')} can be booked", done=outcome.done)
            return door.go("settings:booking")
        adding = outcome.form
    except Invalid as problem:
        adding = FormState.of(sent, Invalid(problem.message, fields={"price": problem.message}))
    setup = door.ask(show_booking)
    form = FormState({**asdict(setup), "on": "on" if setup.on else None})
    adding = FormState(adding.values, adding.errors, adding.message, "new-")
    return door.page("settings/booking.html", {"setup": setup, "form": form, "adding": adding}, status=422)


@business_page(Permission.SETTINGS_MANAGE, "POST")
def remove(door: Door, service: int) -> HttpResponse:
    """Stop offering a service."""
    done = door.perform(remove_service, service=service)
    door.tell(f"{done.value.name} is not offered any more", done=done)
    return door.go("settings:booking")

"""Views of the people at a client, of what it wants to hear about, and of not serving it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse

from opsystem.business.clients.consent.operations import set_preference
from opsystem.business.clients.consent.queries import show_preferences
from opsystem.business.clients.consent.records import Source
from opsystem.business.clients.operations import refuse_client, serve_client_again
from opsystem.business.clients.persons.operations import add_person, edit_person, remove_person
from opsystem.business.clients.persons.records import PersonRole
from opsystem.business.clients.purposes import Purpose
from opsystem.business.overview.queries import show_client
from opsystem.kit.errors import NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState

_PERSON = ("name", "role", "phone", "other_phone", "email", "other_email")


@business_page(Permission.CLIENTS_WRITE, "GET", "POST")
def add(door: Door, client: int) -> HttpResponse:
    """Add somebody to a client."""
    ref, form = make_ref("client", client), FormState({"role": PersonRole.TENANT.value})
    if door.is_post:
        place = door.request.POST.get("property") or None
        outcome = door.submit(add_person, *_PERSON, client=ref, gets=_gets(door), property=place)
        if outcome.done:
            door.tell(f"Added {outcome.form.value('name')}", done=outcome.done)
            return door.go("clients:show", client)
        form = outcome.form
    return _form(door, client, form, None)


@business_page(Permission.CLIENTS_WRITE, "GET", "POST")
def edit(door: Door, client: int, person: int) -> HttpResponse:
    """Change what is known of somebody at a client."""
    page = door.ask(show_client, client=make_ref("client", client))
    record = next((one for one in page.persons if one.id == person), None)
    if record is None:
        raise NotFound("There is no such person.", code="no_person")
    form = FormState(asdict(record))
    if door.is_post:
        place = door.request.POST.get("property", "")
        given: dict[str, Any] = {"person": record.ref, "gets": _gets(door), "property": place}
        outcome = door.submit(edit_person, *_PERSON, keep_empty=True, **given)
        if outcome.done:
            door.tell("Saved", done=outcome.done)
            return door.go("clients:show", client)
        form = outcome.form
    return _form(door, client, form, record.id)


@business_page(Permission.CLIENTS_WRITE, "POST")
def remove(door: Door, client: int, person: int) -> HttpResponse:
    """Take somebody off a client."""
    done = door.perform(remove_person, person=make_ref("person", person))
    door.tell("Taken off", done=done)
    return door.go("clients:show", client)


@business_page(Permission.CLIENTS_WRITE, "GET", "POST")
def prefer(door: Door, client: int) -> HttpResponse:
    """Show what a client wants to hear about, and write a wish down."""
    ref, form = make_ref("client", client), FormState({"source": Source.PHONE.value})
    if door.is_post:
        outcome = door.submit(set_preference, "channel", "topic", "allowed", "source", "wording", client=ref)
        if outcome.done:
            door.tell("Noted", done=outcome.done)
            return door.go("clients:prefer", client)
        form = outcome.form
    context = {
        "client": door.ask(show_client, client=ref).client,
        "wishes": door.ask(show_preferences, client=ref),
        "sources": [(one.value, one.value.capitalize()) for one in Source],
        "form": form,
    }
    return door.page("clients/prefer.html", context)


@business_page(Permission.CLIENTS_WRITE, "GET", "POST")
def refuse(door: Door, client: int) -> HttpResponse:
    """Mark a client do not service, with the reason."""
    ref, form = make_ref("client", client), FormState()
    if door.is_post:
        outcome = door.submit(refuse_client, "reason", client=ref)
        if outcome.done:
            door.tell("Nothing is booked for this client any more", done=outcome.done)
            return door.go("clients:show", client)
        form = outcome.form
    record = door.ask(show_client, client=ref).client
    return door.page("clients/refuse.html", {"form": form, "client": record})


@business_page(Permission.CLIENTS_WRITE, "POST")
def serve(door: Door, client: int) -> HttpResponse:
    """Serve a client again."""
    done = door.perform(serve_client_again, client=make_ref("client", client))
    door.tell("Can be booked again", done=done)
    return door.go("clients:show", client)


def _gets(door: Door) -> tuple[str, ...]:
    return tuple(door.request.POST.getlist("gets"))


def _form(door: Door, client: int, form: FormState, person: int | None) -> HttpResponse:
    page = door.ask(show_client, client=make_ref("client", client))
    context = {
        "form": form,
        "client": page.client,
        "person": person,
        "roles": [(one.value, one.value.capitalize()) for one in PersonRole],
        "purposes": [(one.value, one.value.capitalize()) for one in Purpose],
        "places": [("", "Any property"), *((one.ref, one.address) for one in page.properties)],
    }
    return door.page("clients/person.html", context)

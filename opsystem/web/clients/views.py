"""Views of clients."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse

from opsystem.business.clients.operations import (
    add_client,
    add_property,
    archive_client,
    edit_client,
    edit_property,
    restore_client,
)
from opsystem.business.conversations.operations import send_email, send_text
from opsystem.business.equipment.queries import list_equipment
from opsystem.business.files.queries import list_files
from opsystem.business.history.timeline import client_timeline
from opsystem.business.jobs.operations import add_note
from opsystem.business.overview.queries import list_clients, show_client
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.files.tiles import tiles
from opsystem.web.forms import FormState
from opsystem.web.payments.client_card import money_of

_CLIENT = ("name", "company", "phone", "email", "notes")
_PLACE = ("label", "street", "city", "state", "postcode", "access_notes")
_FILTERS = ("text", "archived", "sort", "standing", "tag")
_FEW_FILES = 8


@business_page(Permission.CLIENTS_READ)
def show_list(door: Door) -> HttpResponse:
    """Show the clients, searched, filtered and sorted as the address says."""
    get = door.request.GET
    given: dict[str, Any] = {
        name: get[name] for name in ("text", "archived", "sort", "standing", "tag") if get.get(name)
    }
    clients = door.ask(list_clients, page=door.page_number, **given)
    return door.page(
        "clients/list.html",
        {
            "clients": clients,
            "given": {**dict.fromkeys(_FILTERS, ""), **given},
        },
    )


@business_page(Permission.CLIENTS_WRITE, "GET", "POST")
def add(door: Door) -> HttpResponse:
    """Add a client, with a first property if one is given."""
    form = FormState({"name": door.request.GET.get("name", "")})
    if door.is_post:
        outcome = door.submit(add_client, *_CLIENT, "street", "city", "state", "postcode")
        if outcome.done:
            door.tell(f"Added {outcome.form.value('name')}", done=outcome.done)
            return door.go("clients:show", outcome.done.value.id)
        form = outcome.form
    return door.page("clients/form.html", {"form": form, "client": None})


@business_page(Permission.CLIENTS_READ)
def show(door: Door, client: int) -> HttpResponse:
    """Show a client with everything around it and everything that happened."""
    ref = make_ref("client", client)
    page = door.page_number
    context = {
        "page": door.ask(show_client, client=ref),
        "timeline": door.ask(client_timeline, client=ref, page=page),
        "tiles": tiles(door, door.ask(list_files, client=ref).rows[:_FEW_FILES]),
        "note": FormState(prefix="note-"),
        "money": money_of(door, ref),
        "equipment": door.ask(list_equipment, client=ref),
    }
    return door.page("clients/show.html", context)


@business_page(Permission.CLIENTS_WRITE, "GET", "POST")
def edit(door: Door, client: int) -> HttpResponse:
    """Change what is known of a client."""
    ref = make_ref("client", client)
    record = door.ask(show_client, client=ref).client
    form = FormState(asdict(record))
    if door.is_post:
        outcome = door.submit(edit_client, *_CLIENT, keep_empty=True, client=ref)
        if outcome.done:
            door.tell("Saved", done=outcome.done)
            return door.go("clients:show", client)
        form = outcome.form
    return door.page("clients/form.html", {"form": form, "client": record})


@business_page(Permission.CLIENTS_WRITE, "POST")
def archive(door: Door, client: int) -> HttpResponse:
    """Put a client away."""
    door.tell("Archived", done=door.perform(archive_client, client=make_ref("client", client)))
    return door.go("clients:show", client)


@business_page(Permission.CLIENTS_WRITE, "POST")
def restore(door: Door, client: int) -> HttpResponse:
    """Take an archived client out again."""
    door.tell("Back in the list", done=door.perform(restore_client, client=make_ref("client", client)))
    return door.go("clients:show", client)


@business_page(Permission.CLIENTS_WRITE, "GET", "POST")
def add_place(door: Door, client: int) -> HttpResponse:
    """Add a property to a client."""
    ref = make_ref("client", client)
    form = FormState()
    if door.is_post:
        outcome = door.submit(add_property, *_PLACE, client=ref)
        if outcome.done:
            door.tell("Added the property", done=outcome.done)
            return door.go("clients:show", client)
        form = outcome.form
    record = door.ask(show_client, client=ref).client
    return door.page("clients/property.html", {"form": form, "client": record, "place": None})


@business_page(Permission.CLIENTS_WRITE, "GET", "POST")
def edit_place(door: Door, client: int, place: int) -> HttpResponse:
    """Change a property."""
    page = door.ask(show_client, client=make_ref("client", client))
    record = next((one for one in page.properties if one.id == place), None)
    form = FormState(asdict(record) if record else {})
    if door.is_post or record is None:
        outcome = door.submit(edit_property, *_PLACE, keep_empty=True, property=make_ref("property", place))
        if outcome.done:
            door.tell("Saved the property", done=outcome.done)
            return door.go("clients:show", client)
        form = outcome.form
    return door.page("clients/property.html", {"form": form, "client": page.client, "place": record})


@business_page(Permission.NOTES_WRITE, "POST")
def note(door: Door, client: int) -> HttpResponse:
    """Write a note on a client."""
    outcome = door.submit(add_note, "text", about=make_ref("client", client))
    if outcome.done:
        door.tell("Added the note", done=outcome.done)
    else:
        door.tell(outcome.form.error("text") or outcome.form.message, kind="failed")
    return door.go("clients:show", client)


@business_page(Permission.MESSAGES_SEND, "GET", "POST")
def write_text(door: Door, client: int) -> HttpResponse:
    """Write a text to a client."""
    return _write(door, client, "sms")


@business_page(Permission.MESSAGES_SEND, "GET", "POST")
def write_email(door: Door, client: int) -> HttpResponse:
    """Write an email to a client."""
    return _write(door, client, "email")


def _write(door: Door, client: int, channel: str) -> HttpResponse:
    ref = make_ref("client", client)
    form = FormState()
    if door.is_post:
        send, names = (send_text, ("body",)) if channel == "sms" else (send_email, ("subject", "body"))
        outcome = door.submit(send, *names, client=ref)
        if outcome.done:
            door.tell("It goes out in a moment", done=outcome.done)
            return door.go("clients:show", client)
        form = outcome.form
    record = door.ask(show_client, client=ref).client
    return door.page("clients/write.html", {"form": form, "client": record, "channel": channel})

"""What client and business write each other, and what the client says of himself."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.hub.details import correct_my_details, my_details, set_my_wishes
from opsystem.business.hub.messages import my_messages, write_to_business
from opsystem.kit.errors import Invalid
from opsystem.web.forms import FormState
from opsystem.web.hub.door import ClientDoor, client_page


@client_page("GET", "POST")
def show(door: ClientDoor) -> HttpResponse:
    """Show the messages, and take a new one."""
    form = FormState()
    if door.is_post:
        try:
            done = door.perform(write_to_business, text=door.request.POST.get("text", ""))
            return door.go("messages", tell=done.value.text)
        except Invalid as problem:
            form = FormState.of(door.request.POST, problem)
    context = {"messages_told": door.ask(my_messages), "form": form}
    return door.page("hub/messages.html", context, status=422 if form.is_bad else 200)


@client_page("GET", "POST")
def details(door: ClientDoor) -> HttpResponse:
    """Show what the business knows of the client, and take corrections."""
    form = FormState()
    if door.is_post:
        sent = door.request.POST
        try:
            given = {name: sent.get(name, "") for name in ("phone", "email", "address")}
            done = door.perform(correct_my_details, **given)
            return door.go("details", tell=done.value.text)
        except Invalid as problem:
            form = FormState.of(sent, problem)
    context = {"details": door.ask(my_details), "form": form}
    return door.page("hub/details.html", context, status=422 if form.is_bad else 200)


@client_page("POST")
def wishes(door: ClientDoor) -> HttpResponse:
    """Take what the client wants to hear about."""
    done = door.perform(set_my_wishes, allowed=tuple(door.request.POST.getlist("allowed")))
    return door.go("details", tell=done.value.text)

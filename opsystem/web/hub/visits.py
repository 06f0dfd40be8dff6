"""A client's visit: when, who comes, confirm, another time, cancel."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.hub.visits import (
    cancel_my_visit,
    confirm_my_visit,
    move_my_visit,
    my_free_times,
    my_visit,
)
from opsystem.kit.errors import Conflict
from opsystem.kit.refs import make_ref
from opsystem.web.hub.door import ClientDoor, client_page


@client_page("GET")
def show(door: ClientDoor, visit: int) -> HttpResponse:
    """Show a visit."""
    return door.page("hub/visit.html", {"visit": door.ask(my_visit, visit=make_ref("visit", visit))})


@client_page("POST")
def confirm(door: ClientDoor, visit: int) -> HttpResponse:
    """Confirm a visit."""
    done = door.perform(confirm_my_visit, visit=make_ref("visit", visit))
    return door.go("visit", visit, tell=done.value.text)


@client_page("GET", "POST")
def move(door: ClientDoor, visit: int) -> HttpResponse:
    """Offer free times for a visit, and move it to the chosen one."""
    ref, problem = make_ref("visit", visit), ""
    if door.is_post:
        try:
            done = door.perform(move_my_visit, visit=ref, time=door.request.POST.get("time", ""))
            return door.go("visit", visit, tell=done.value.text)
        except Conflict as taken:
            problem = taken.message
    shown, times = door.ask(my_visit, visit=ref), door.ask(my_free_times, visit=ref)
    context = {"visit": shown, "times": times, "problem": problem}
    return door.page("hub/move.html", context, status=409 if problem else 200)


@client_page("GET", "POST")
def cancel(door: ClientDoor, visit: int) -> HttpResponse:
    """Ask once more, then cancel a visit."""
    ref = make_ref("visit", visit)
    if door.is_post:
        done = door.perform(cancel_my_visit, visit=ref)
        return door.go("visit", visit, tell=done.value.text)
    return door.page("hub/cancel.html", {"visit": door.ask(my_visit, visit=ref)})

"""Views of doing the work of a visit: on my way, start, pause, and wrapping it up in one go."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.announcing.operations import on_my_way
from opsystem.business.files.operations import add_file
from opsystem.business.jobs.operations import add_note, finish_visit, pause_visit, start_visit
from opsystem.business.jobs.queries import show_visit
from opsystem.kit.errors import Problem
from opsystem.kit.refs import make_ref
from opsystem.operations import Operation, Permission
from opsystem.web.door import Door, business_page
from opsystem.web.files.content import MOST_BYTES


@business_page(Permission.VISITS_WORK, "POST")
def on_way(door: Door, visit: int) -> HttpResponse:
    """Say that one is on the way; the client gets a text, once."""
    sent = door.request.POST
    given: dict[str, Any] = {"minutes": sent["minutes"]} if sent.get("minutes", "").strip() else {}
    given["tell"] = sent.get("tell", "on") == "on"
    done = door.perform(on_my_way, visit=make_ref("visit", visit), **given)
    door.tell("On the way", done=done)
    return door.go_back("jobs:visit", visit)


@business_page(Permission.VISITS_WORK, "POST")
def start(door: Door, visit: int) -> HttpResponse:
    """Say that the work begins."""
    return _act(door, visit, start_visit, "Started")


@business_page(Permission.VISITS_WORK, "POST")
def pause(door: Door, visit: int) -> HttpResponse:
    """Say that the work rests, or goes on."""
    resume = door.request.POST.get("resume") == "on"
    return _act(door, visit, pause_visit, "Resumed" if resume else "Paused", resume=resume)


@business_page(Permission.VISITS_WORK, "POST")
def finish(door: Door, visit: int) -> HttpResponse:
    """Keep photos and note that came with it, then say that the visit is over.

    Photos and note are kept also when the finish is refused: nobody takes them twice.
    """
    ref, sent = make_ref("visit", visit), door.request.POST
    key = sent.get("request_id", "")
    for number, file in enumerate(door.request.FILES.getlist("file")):
        stored = door.vault.files.write(file.chunks(), limit=MOST_BYTES)
        given = {"content_id": stored.content_id, "name": file.name or "photo", "visit": ref}
        request_id = f"{key}-{number}" if key else None
        add_file.perform(door.vault, door.actor, given, request_id=request_id)
    if sent.get("text", "").strip():
        note = {"about": door.ask(show_visit, visit=ref).visit.job, "text": sent["text"]}
        add_note.perform(door.vault, door.actor, note, request_id=f"{key}-note" if key else None)
    try:
        return _act(door, visit, finish_visit, "Finished")
    except Problem as problem:
        kept = " Your photos and note are kept." if door.request.FILES or sent.get("text", "").strip() else ""
        door.tell(f"{problem.message}{kept}", kind="failed")
        return door.go("jobs:visit", visit)


def _act(door: Door, visit: int, operation: Operation[Any], did: str, **given: Any) -> HttpResponse:
    ref = make_ref("visit", visit)
    door.tell(f"{did} {ref}", done=door.perform(operation, visit=ref, **given))
    return door.go_back("jobs:visit", visit)

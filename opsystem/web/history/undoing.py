"""Views of undo: done at once where nothing is in the way, else shown first, field by field."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.history.operations import undo_change, undo_last, undo_together
from opsystem.business.history.planning import show_undo
from opsystem.kit.errors import Conflict
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page, own_path
from opsystem.web.history.removed import list_instead


@business_page(Permission.UNDO_OWN, "GET", "POST")
def undo(door: Door, change: int) -> HttpResponse:
    """Take an act back, or show what that would do and what is in the way."""
    sent = door.request.POST if door.is_post else door.request.GET
    together, rest = sent.get("together") == "1", sent.get("rest") == "1"
    if not door.is_post:
        return _plan(door, change, together=together)
    operation = undo_together if together else undo_change
    try:
        done = door.perform(operation, change=make_ref("change", change), rest=rest)
    except Conflict as conflict:
        if conflict.code != "changed_since":
            raise
        door.tell(conflict.message, kind="failed")
        return door.go("history:undo", change, query={"together": "1"} if together else None)
    door.tell(f"Undone: {done.value.label}", done=done)
    if sent.get("from") == "plan":
        return door.go("history:show", change)
    listing = list_instead(door, own_path(door.request), change)
    return door.go(listing) if listing else door.go_back("today:show")


@business_page(Permission.UNDO_OWN, "POST")
def undo_newest(door: Door) -> HttpResponse:
    """Take back what this person did last."""
    done = door.perform(undo_last)
    door.tell(f"Undone: {done.value.label}", done=done)
    listing = list_instead(door, own_path(door.request), int(done.value.undid[2:]))
    return door.go(listing) if listing else door.go_back("today:show")


def _plan(door: Door, change: int, *, together: bool) -> HttpResponse:
    plan = door.ask(show_undo, change=make_ref("change", change), together=together)
    return door.page("history/undo.html", {"plan": plan, "change": change, "together": together})

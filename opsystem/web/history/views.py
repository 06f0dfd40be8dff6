"""Views of the history."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.history.operations import undo_change, undo_last
from opsystem.business.history.queries import list_history, show_change
from opsystem.kit.errors import Conflict
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page, own_path
from opsystem.web.history.removed import list_instead


@business_page(Permission.HISTORY_READ)
def show_list(door: Door) -> HttpResponse:
    """Show what was done, newest first."""
    return door.page("history/list.html", {"acts": door.ask(list_history, page=door.page_number)})


@business_page(Permission.HISTORY_READ)
def show(door: Door, change: int) -> HttpResponse:
    """Show one act with everything it changed."""
    detail = door.ask(show_change, change=make_ref("change", change))
    records = [
        {
            "title": record.title,
            "action": record.action,
            "changes": [
                {"name": one.label, "before": one.before or "", "after": one.after or ""}
                for one in record.fields
            ],
        }
        for record in detail.records
    ]
    return door.page("history/show.html", {"detail": detail, "records": records})


@business_page(Permission.UNDO_OWN, "POST")
def undo(door: Door, change: int) -> HttpResponse:
    """Take an act back."""
    try:
        done = door.perform(undo_change, change=make_ref("change", change))
    except Conflict as conflict:
        obstacles = "; ".join(f"{name} {why}" for name, why in conflict.fields.items())
        raise Conflict(f"{conflict.message} {obstacles}".strip(), code=conflict.code) from conflict
    door.tell(f"Undone: {done.value.label}", done=done)
    listing = list_instead(door, own_path(door.request), change)
    return door.go(listing) if listing else door.go_back("today:show")


@business_page(Permission.UNDO_OWN, "POST")
def undo_newest(door: Door) -> HttpResponse:
    """Take back what this person did last."""
    done = door.perform(undo_last)
    door.tell(f"Undone: {done.value.label}", done=done)
    listing = list_instead(door, own_path(door.request), int(done.value.undid[2:]))
    return door.go(listing) if listing else door.go_back("today:show")

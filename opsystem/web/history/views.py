"""Views of the history."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.history.keeping import show_history_keeping
from opsystem.business.history.queries import list_history, show_change
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page


@business_page(Permission.HISTORY_READ)
def show_list(door: Door) -> HttpResponse:
    """Show what was done, newest first."""
    acts, months = door.ask(list_history, page=door.page_number), door.ask(show_history_keeping)
    return door.page("history/list.html", {"acts": acts, "months": months})


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

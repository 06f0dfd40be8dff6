"""View of how long the history keeps what things were like before."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.history.keeping import keep_history_for, show_history_keeping
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState

_CHOICES = (6, 12, 24, 36, 60, 84)


@business_page(Permission.SETTINGS_MANAGE, "GET", "POST")
def keeping(door: Door) -> HttpResponse:
    """Show how long details are kept, and change it."""
    months = door.ask(show_history_keeping)
    form = FormState({"months": str(months)})
    if door.is_post:
        outcome = door.submit(keep_history_for, "months")
        if outcome.done:
            door.tell("Saved", done=outcome.done)
            return door.go("history:list")
        form = outcome.form
    choices = sorted({*_CHOICES, months})
    return door.page("history/keeping.html", {"form": form, "choices": choices, "months": months})

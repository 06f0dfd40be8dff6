"""Views of message templates."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse

from opsystem.business.templates.filling import BLANKS
from opsystem.business.templates.operations import add_template, edit_template
from opsystem.business.templates.queries import list_templates
from opsystem.kit.errors import NotFound
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState

_FIELDS = ("name", "channel", "subject", "body")


@business_page(Permission.LISTS_WRITE)
def show_list(door: Door) -> HttpResponse:
    """Show the message templates."""
    return door.page("settings/templates.html", {"templates": door.ask(list_templates)})


@business_page(Permission.LISTS_WRITE, "GET", "POST")
def add(door: Door) -> HttpResponse:
    """Add a template."""
    form = FormState({"channel": "sms"})
    if door.is_post:
        outcome = door.submit(add_template, *_FIELDS)
        if outcome.done:
            door.tell(f"Added {outcome.form.value('name')}", done=outcome.done)
            return door.go("settings:templates")
        form = outcome.form
    return door.page("settings/template.html", {"form": form, "template": None, "blanks": BLANKS})


@business_page(Permission.LISTS_WRITE, "GET", "POST")
def edit(door: Door, template: int) -> HttpResponse:
    """Change a template; that also confirms a suggested one."""
    row = next((one for one in door.ask(list_templates) if one.id == template), None)
    if row is None:
        raise NotFound("There is no such template.", code="no_template")
    form = FormState(asdict(row))
    if door.is_post:
        outcome = door.submit(edit_template, *_FIELDS, keep_empty=True, template=row.ref)
        if outcome.done:
            door.tell(f"Saved {outcome.form.value('name')}", done=outcome.done)
            return door.go("settings:templates")
        form = outcome.form
    return door.page("settings/template.html", {"form": form, "template": row, "blanks": BLANKS})

"""Views of checklists."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.checklists.operations import add_checklist, edit_checklist
from opsystem.business.checklists.queries import list_checklists
from opsystem.kit.errors import Invalid, NotFound
from opsystem.operations import Done, Operation, Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.settings.checklist_lines import read_lines, typed_lines


@business_page(Permission.LISTS_WRITE)
def show_list(door: Door) -> HttpResponse:
    """Show the checklists with their lines."""
    return door.page("settings/checklists.html", {"checklists": door.ask(list_checklists)})


@business_page(Permission.LISTS_WRITE, "GET", "POST")
def add(door: Door) -> HttpResponse:
    """Add a checklist."""
    form = FormState()
    if door.is_post:
        done, form = _perform(door, add_checklist)
        if done:
            door.tell(f"Added {form.value('name')}", done=done)
            return door.go("settings:checklists")
    return door.page("settings/checklist.html", {"form": form, "checklist": None})


@business_page(Permission.LISTS_WRITE, "GET", "POST")
def edit(door: Door, checklist: int) -> HttpResponse:
    """Change a checklist. Jobs that began with it keep their own lines."""
    row = next((one for one in door.ask(list_checklists) if one.id == checklist), None)
    if row is None:
        raise NotFound("There is no such checklist.", code="no_checklist")
    form = FormState({"name": row.name, "items": typed_lines(row.lines)})
    if door.is_post:
        done, form = _perform(door, edit_checklist, checklist=row.ref)
        if done:
            door.tell(f"Saved {form.value('name')}", done=done)
            return door.go("settings:checklists")
    return door.page("settings/checklist.html", {"form": form, "checklist": row})


def _perform(door: Door, act: Operation[Any], **more: Any) -> tuple[Done[Any] | None, FormState]:
    """Perform with the name and the lines as they were typed: one thing to do on each line."""
    sent = door.request.POST
    try:
        lines = read_lines(sent.get("items", ""))
        return door.perform(act, name=sent.get("name", ""), items=lines, **more), FormState.of(sent)
    except Invalid as problem:
        return None, FormState.of(sent, _at_the_field(problem))


def _at_the_field(problem: Invalid) -> Invalid:
    """Return the problem with what is wrong with one line said at the field of all lines."""
    fields = {}
    for name, words in problem.fields.items():
        field, _, number = name.partition(".")
        fields[field] = f"Line {int(number.split('.')[0]) + 1}: {words}" if number else words
    if "items" in fields and "Tuple" in fields["items"]:
        fields["items"] = "Write one thing to do on each line, at most 100."
    return Invalid(problem.message, code=problem.code, fields=fields)

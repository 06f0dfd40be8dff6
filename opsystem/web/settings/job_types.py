"""Views of job types."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.checklists.queries import list_checklists
from opsystem.business.jobtypes.operations import add_job_type, edit_job_type, remove_job_type
from opsystem.business.jobtypes.queries import list_job_types
from opsystem.kit.errors import Invalid, NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Done, Operation, Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState

_LINES = ("skills", "certificates")


@business_page(Permission.LISTS_WRITE)
def show_list(door: Door) -> HttpResponse:
    """Show the sorts of work."""
    return door.page("settings/job_types.html", {"job_types": door.ask(list_job_types)})


@business_page(Permission.LISTS_WRITE, "GET", "POST")
def add(door: Door) -> HttpResponse:
    """Add a sort of work."""
    return _form(door, FormState({"minutes": "60"}), add_job_type, None)


@business_page(Permission.LISTS_WRITE, "GET", "POST")
def edit(door: Door, job_type: int) -> HttpResponse:
    """Change a sort of work."""
    row = next((one for one in door.ask(list_job_types) if one.id == job_type), None)
    if row is None:
        raise NotFound("There is no such job type.", code="no_job_type")
    lines = {name: "\n".join(getattr(row, name)) for name in _LINES}
    form = FormState({"name": row.name, "minutes": row.minutes, "checklist": row.checklist or "", **lines})
    return _form(door, form, edit_job_type, row.ref)


@business_page(Permission.LISTS_WRITE, "POST")
def remove(door: Door, job_type: int) -> HttpResponse:
    """Take a sort of work out of the list."""
    done = door.perform(remove_job_type, job_type=make_ref("job_type", job_type))
    door.tell("Removed the job type", done=done)
    return door.go("settings:job_types")


def _form(door: Door, form: FormState, act: Operation[Any], ref: str | None) -> HttpResponse:
    if door.is_post:
        done, form = _perform(door, act, ref)
        if done:
            door.tell(f"Saved {form.value('name')}", done=done)
            return door.go("settings:job_types")
    context = {"form": form, "ref": ref, "checklists": door.ask(list_checklists)}
    return door.page("settings/job_type.html", context)


def _perform(door: Door, act: Operation[Any], ref: str | None) -> tuple[Done[Any] | None, FormState]:
    sent = door.request.POST
    given: dict[str, Any] = {"name": sent.get("name", ""), "minutes": sent.get("minutes", "")}
    given |= {
        name: [one.strip() for one in sent.get(name, "").splitlines() if one.strip()] for name in _LINES
    }
    if sent.get("checklist"):
        given["checklist"] = sent["checklist"]
    if ref is not None:
        given["job_type"] = ref
    try:
        return door.perform(act, **given), FormState.of(sent)
    except Invalid as problem:
        fields = {name.split(".")[0]: words for name, words in problem.fields.items()}
        return None, FormState.of(sent, Invalid(problem.message, code=problem.code, fields=fields))

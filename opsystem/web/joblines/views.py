"""Views of the lines of a job: added from the price list or free, changed, taken off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse

from opsystem.business.joblines.operations import add_job_line, edit_job_line, remove_job_line
from opsystem.business.joblines.queries import list_job_lines
from opsystem.business.joblines.records import JobLineRow
from opsystem.business.overview.queries import show_job
from opsystem.business.prices.queries import list_prices
from opsystem.kit.errors import Conflict, Invalid, NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.joblines.typed import as_typed, read_line


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def add(door: Door, job: int) -> HttpResponse:
    """Add a line: something of the price list, or one written here."""
    ref, form = make_ref("job", job), FormState({"quantity_milli": "1"})
    if door.is_post:
        sent = door.request.POST
        try:
            given = read_line(sent)
            if "price" not in given or "taxable" in sent:
                given["taxable"] = "taxable" in sent
            done = door.perform(add_job_line, job=ref, **given)
        except Invalid as problem:
            form = FormState.of(sent, problem)
        else:
            door.tell(f"Added to {ref}", done=done)
            return door.go("jobs:show", job)
    return _form(door, job, form, None)


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def edit(door: Door, job: int, line: int) -> HttpResponse:
    """Change a line; whoever comes second sees what the first one saved, and loses nothing."""
    ref, row = make_ref("job", job), _line(door, job, line)
    form = FormState(as_typed(row))
    if door.is_post:
        sent = door.request.POST
        cleared: dict[str, Any] = {} if sent.get("cost_cents", "").strip() else {"clear": ("cost_cents",)}
        try:
            given = {**read_line(sent), "taxable": "taxable" in sent, **cleared}
            base = {"base_version": sent["base_version"]} if sent.get("base_version") else {}
            done = door.perform(edit_job_line, job=ref, line=line, **given, **base)
        except Invalid as problem:
            form = FormState.of(sent, problem)
        except Conflict as problem:
            if problem.code != "stale":
                raise
            form = FormState.of(sent, problem)
            now = {**form.values, "base_version": problem.fields["base_version"], "request_id": ""}
            return _form(door, job, replace(form, values=now, errors={}), _line(door, job, line), status=409)
        else:
            door.tell("Saved the line", done=done)
            return door.go("jobs:show", job)
    return _form(door, job, form, row)


@business_page(Permission.JOBS_WRITE, "POST")
def remove(door: Door, job: int, line: int) -> HttpResponse:
    """Take a line off."""
    door.tell("Removed the line", done=door.perform(remove_job_line, job=make_ref("job", job), line=line))
    return door.go("jobs:show", job)


def _line(door: Door, job: int, number: int) -> JobLineRow:
    lines = door.ask(list_job_lines, job=make_ref("job", job)).lines
    row = next((one for one in lines if one.id == number), None)
    if row is None:
        raise NotFound("There is no such line on this job.", code="no_line")
    return row


def _form(door: Door, job: int, form: FormState, line: JobLineRow | None, status: int = 200) -> HttpResponse:
    prices = door.ask(list_prices) if line is None and door.actor.may(Permission.PRICES_READ) else []
    context = {
        "form": form,
        "job": door.ask(show_job, job=make_ref("job", job)).job,
        "line": line,
        "prices": prices,
    }
    return door.page("joblines/form.html", context, status)

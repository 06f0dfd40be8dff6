"""Views of requests: from the first word to the job it becomes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.intake.operations import add_request, decline_request, plan_assessment, take_request
from opsystem.business.intake.queries import list_requests, show_request
from opsystem.business.jobtypes.queries import list_job_types
from opsystem.business.overview.queries import show_client
from opsystem.kit.refs import make_ref
from opsystem.operations import Operation, Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.jobs.planning import also, lengths, people_sent, submit_timed, team, tomorrow

_STATES = ("open", "taken", "declined")


@business_page(Permission.JOBS_WRITE)
def show_list(door: Door) -> HttpResponse:
    """Show what people asked for."""
    asked = door.request.GET.get("which", "")
    which = asked if asked in _STATES else "open"
    found = door.ask(list_requests, which=which, page=door.page_number)
    return door.page("requests/list.html", {"found": found, "which": which})


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def add(door: Door) -> HttpResponse:
    """Write down what somebody asks for, known or not."""
    given = door.request.POST if door.is_post else door.request.GET
    client = make_ref("client", int(given["client"])) if given.get("client", "").isdecimal() else None
    form = FormState({"source": "phone"})
    if door.is_post:
        names = (
            "title",
            "details",
            "wished",
            "source",
            "property",
            "name",
            "phone",
            "email",
            "street",
            "city",
        )
        whose: dict[str, Any] = {"client": client} if client is not None else {}
        outcome = door.submit(add_request, *names, **whose)
        if outcome.done:
            new = ", a new lead" if outcome.done.value.client_is_new else ""
            door.tell(f"Wrote down {outcome.done.value.ref}{new}", done=outcome.done)
            return door.go("requests:show", outcome.done.value.id)
        form = outcome.form
    whose_page = door.ask(show_client, client=client) if client is not None else None
    return door.page("requests/add.html", {"form": form, "whose": whose_page})


@business_page(Permission.JOBS_WRITE)
def show(door: Door, request_number: int) -> HttpResponse:
    """Show a request and each step it led to."""
    row = door.ask(show_request, request=make_ref("request", request_number))
    return door.page("requests/show.html", {"row": row})


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def assess(door: Door, request_number: int) -> HttpResponse:
    """Plan a look at the work."""
    return _plan(door, request_number, plan_assessment, "Plan assessment", required=True)


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def take(door: Door, request_number: int) -> HttpResponse:
    """Make a request a job."""
    return _plan(door, request_number, take_request, "Make it a job", required=False)


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def decline(door: Door, request_number: int) -> HttpResponse:
    """Say no, and why."""
    ref, form = make_ref("request", request_number), FormState()
    if door.is_post:
        outcome = door.submit(decline_request, "reason", request=ref)
        if outcome.done:
            door.tell(f"Declined {ref}", done=outcome.done)
            return door.go("requests:show", request_number)
        form = outcome.form
    return door.page("requests/decline.html", {"form": form, "row": door.ask(show_request, request=ref)})


def _plan(door: Door, number: int, act: Operation[Any], title: str, *, required: bool) -> HttpResponse:
    ref = make_ref("request", number)
    form = FormState(
        {"date": tomorrow() if required else "", "time": "09:00" if required else "", "minutes": 30}
    )
    if door.is_post:
        given: dict[str, Any] = {"request": ref, "members": people_sent(door.request.POST)}
        names = ("minutes",) if required else ("minutes", "job_type")
        outcome = submit_timed(door, act, *names, **given)
        if outcome.done:
            booked = outcome.done.value
            door.tell(f"{booked.ref} is booked.{also(booked.overlaps)}", done=outcome.done)
            return door.go("jobs:show", booked.id)
        form = outcome.form
    context = {
        "form": form,
        "row": door.ask(show_request, request=ref),
        "title": title,
        "required": required,
        "people": team(door),
        "lengths": lengths(30),
        "job_types": [] if required else door.ask(list_job_types),
    }
    return door.page("requests/plan.html", context)

"""Views of jobs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse

from opsystem.business.checklists.queries import list_checklists
from opsystem.business.files.queries import list_files
from opsystem.business.jobs.operations import (
    add_note,
    book_job,
    cancel_job,
    complete_job,
    edit_job,
)
from opsystem.business.jobs.queries import list_jobs
from opsystem.business.jobtypes.queries import list_job_types
from opsystem.business.overview.queries import list_clients, show_client, show_job
from opsystem.business.recurring.queries import list_series
from opsystem.kit import clock
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.equipment.around import equipment_at
from opsystem.web.files.tiles import tiles
from opsystem.web.forms import FormState
from opsystem.web.jobs.happened import job_timeline
from opsystem.web.jobs.money import money_of
from opsystem.web.jobs.planning import also, lengths, people_sent, submit_timed, team
from opsystem.web.jobs.standing import OPEN, clashes, shown_state

_FEW_CLIENTS = 12


@business_page(Permission.JOBS_READ)
def show_list(door: Door) -> HttpResponse:
    """Show the jobs, searched and filtered as the address says."""
    get = door.request.GET
    given: dict[str, Any] = {name: get[name] for name in ("state", "text", "page") if get.get(name)}
    jobs = door.ask(list_jobs, **given)
    return door.page("jobs/list.html", {"jobs": jobs, "given": {"state": "open", "text": "", **given}})


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def add(door: Door) -> HttpResponse:
    """Book a job: first for whom, then what and when."""
    asked = door.request.POST if door.is_post else door.request.GET
    if not asked.get("client", "").isdecimal():
        return _choose_client(door)
    ref = make_ref("client", int(asked["client"]))
    whose = door.ask(show_client, client=ref)
    form = FormState(
        {
            "minutes": 60,
            "date": asked.get("date", ""),
            "members": asked.getlist("member"),
            "original_job": asked.get("original_job", ""),
            "title": asked.get("title", ""),
        }
    )
    if door.is_post:
        names = ("title", "property", "minutes", "notes", "checklist", "job_type", "original_job")
        outcome = submit_timed(door, book_job, *names, client=ref, members=people_sent(asked))
        if outcome.done:
            booked = outcome.done.value
            door.tell(f"Booked {booked.ref}.{also(booked.overlaps)}", done=outcome.done)
            return door.go("jobs:show", booked.id)
        form = outcome.form
    context = {
        "form": form,
        "client": whose.client,
        "properties": whose.properties,
        "people": team(door),
        "checklists": door.ask(list_checklists),
        "job_types": door.ask(list_job_types),
        "lengths": lengths(),
    }
    return door.page("jobs/add.html", context)


def _choose_client(door: Door) -> HttpResponse:
    text = door.request.GET.get("text", "")
    found = door.ask(list_clients, text=text, **({} if text else {"sort": "last_contact"}))
    context = {
        "clients": found.rows[:_FEW_CLIENTS],
        "total": found.total,
        "text": text,
        "date": door.request.GET.get("date", ""),
    }
    return door.page("jobs/choose_client.html", context)


@business_page(Permission.JOBS_READ)
def show(door: Door, job: int) -> HttpResponse:
    """Show a job with everything around it and everything that happened."""
    ref = make_ref("job", job)
    page = door.ask(show_job, job=ref)
    # What belongs to one visit is answered there.
    page = replace(page, tasks=[one for one in page.tasks if one.visit is None])
    files = door.ask(list_files, job=ref)
    now = clock.now()
    records = {ref, *(one.ref for one in page.visits), *(one.ref for one in page.job_notes)}
    records |= {one.ref for one in files.rows}
    context = {
        "page": page,
        "series": door.ask(list_series, job=ref),
        "answers": {one.id: FormState(prefix=f"line-{one.id}-") for one in page.tasks},
        "states": {one.id: shown_state(one, now) for one in page.visits},
        "clashes": clashes(page.visits),
        "open_visits": [one for one in page.visits if one.state in OPEN],
        "tiles": tiles(door, files.rows),
        "timeline": job_timeline(door, page.job.client, records),
        "note": FormState(prefix="note-"),
        "money": money_of(door, ref),
        "equipment": equipment_at(door, page.job.property),
    }
    return door.page("jobs/show.html", context)


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def edit(door: Door, job: int) -> HttpResponse:
    """Change what a job is called, where it is, and what is to be known about it."""
    ref = make_ref("job", job)
    page = door.ask(show_job, job=ref)
    values = {"title": page.job.title, "notes": page.notes, "property": page.job.property or ""}
    form = FormState({**values, "job_type": page.job.job_type or ""})
    if door.is_post:
        sent = door.request.POST
        place = {name: sent[name] for name in ("property", "job_type") if sent.get(name)}
        outcome = door.submit(edit_job, "title", "notes", keep_empty=True, job=ref, **place)
        if outcome.done:
            door.tell("Saved the job", done=outcome.done)
            return door.go("jobs:show", job)
        form = outcome.form
    places = door.ask(show_client, client=page.job.client).properties
    return door.page(
        "jobs/edit.html",
        {"form": form, "job": page.job, "properties": places, "job_types": door.ask(list_job_types)},
    )


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def complete(door: Door, job: int) -> HttpResponse:
    """Say that a job is done, and what becomes of visits that are still open."""
    ref = make_ref("job", job)
    form = FormState({"open_visits": "finish"})
    if door.is_post:
        outcome = door.submit(complete_job, "open_visits", job=ref)
        if outcome.done:
            door.tell(f"{ref} is done", done=outcome.done)
            return door.go("jobs:show", job)
        form = outcome.form
    page = door.ask(show_job, job=ref)
    left = [one for one in page.visits if one.state in OPEN]
    return door.page("jobs/complete.html", {"form": form, "job": page.job, "visits": left})


@business_page(Permission.JOBS_WRITE, "POST")
def cancel(door: Door, job: int) -> HttpResponse:
    """Cancel a job with the visits that have not begun."""
    ref = make_ref("job", job)
    door.tell(f"Cancelled {ref}", done=door.perform(cancel_job, job=ref))
    return door.go("jobs:show", job)


@business_page(Permission.NOTES_WRITE, "POST")
def note(door: Door, job: int) -> HttpResponse:
    """Write a note on a job."""
    outcome = door.submit(add_note, "text", about=make_ref("job", job))
    if outcome.done:
        door.tell("Added the note", done=outcome.done)
    else:
        door.tell("Write the note first", kind="failed")
    return door.go_back("jobs:show", job)

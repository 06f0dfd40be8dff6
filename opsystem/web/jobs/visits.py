"""Views of visits: planning them, and doing the work."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localtime

from opsystem.business.announcing.queries import show_announcement
from opsystem.business.files.queries import list_files
from opsystem.business.jobs.operations import (
    assign_visit,
    cancel_visit,
    move_visit,
    schedule_visit,
)
from opsystem.business.jobs.queries import list_visits, show_visit
from opsystem.business.jobs.records import VisitRow
from opsystem.business.overview.queries import show_job
from opsystem.kit import clock
from opsystem.kit.refs import make_ref
from opsystem.operations import Operation, Permission
from opsystem.web import show as words
from opsystem.web.door import Door, business_page
from opsystem.web.equipment.around import equipment_at
from opsystem.web.files.tiles import tiles
from opsystem.web.forms import FormState
from opsystem.web.jobs.planning import (
    also,
    lengths,
    minutes_of,
    people_sent,
    submit_timed,
    team,
    time_values,
    tomorrow,
)
from opsystem.web.jobs.standing import OPEN, clashes, shown_state


@business_page(Permission.JOBS_READ)
def show(door: Door, visit: int) -> HttpResponse:
    """Show a visit as whoever goes there needs it."""
    detail = door.ask(show_visit, visit=make_ref("visit", visit))
    row = detail.visit
    page = replace(door.ask(show_job, job=row.job), tasks=detail.tasks)
    day = localtime(row.starts_at).date()
    around = door.ask(list_visits, since=day - timedelta(days=1), until=day)
    context = {
        "visit": row,
        "answers": {one.id: FormState(prefix=f"line-{one.id}-") for one in detail.tasks},
        "missing": [one.text for one in detail.tasks if one.required and not one.done_at],
        "told": door.ask(show_announcement, visit=row.ref),
        "page": page,
        "equipment": equipment_at(door, row.property),
        "state": shown_state(row, clock.now()),
        "is_open": row.state in OPEN,
        "others_open": any(one.state in OPEN for one in page.visits if one.id != visit),
        "clash": clashes(around).get(visit, []),
        "tiles": tiles(door, door.ask(list_files, job=row.job).rows),
        "note": FormState(prefix="note-"),
        "wrap": FormState(prefix="wrap-"),
    }
    return door.page("jobs/visit.html", context)


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def schedule(door: Door, job: int) -> HttpResponse:
    """Plan a visit for a job."""
    ref = make_ref("job", job)
    page = door.ask(show_job, job=ref)
    form = FormState({"date": tomorrow(), "time": "09:00", "minutes": 60})
    if door.is_post:
        given = {"job": ref, "members": people_sent(door.request.POST)}
        outcome = submit_timed(door, schedule_visit, "minutes", "instructions", **given)
        if outcome.done:
            saved = outcome.done.value
            door.tell(f"Scheduled {saved.ref}.{also(saved.overlaps)}", done=outcome.done)
            return door.go("jobs:show", job)
        form = outcome.form
    context = {"form": form, "job": page.job, "people": team(door), "lengths": lengths()}
    return door.page("jobs/schedule_visit.html", context)


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def move(door: Door, visit: int) -> HttpResponse:
    """Move a visit to another time."""
    ref = make_ref("visit", visit)
    row = door.ask(show_visit, visit=ref).visit
    form = FormState(time_values(row))
    if door.is_post:
        outcome = submit_timed(door, move_visit, "minutes", visit=ref)
        if outcome.done:
            moved = door.ask(show_visit, visit=ref).visit
            text = f"Moved {ref} to {words.when(moved.starts_at)}.{also(outcome.done.value.overlaps)}"
            door.tell(text, done=outcome.done)
            return (
                door.go_back("jobs:visit", visit)
                if "next" in door.request.POST
                else door.go("jobs:visit", visit)
            )
        form = outcome.form
    context = {"form": form, "visit": row, "lengths": lengths(minutes_of(row)), "soon": _soon(row)}
    return door.page("jobs/move_visit.html", context)


def _soon(visit: VisitRow) -> list[tuple[str, dict[str, Any]]]:
    """Return the usual ways to move a visit: the same time on another day. Wall clock, not hours."""
    at = localtime(visit.starts_at)
    today = localtime(clock.now()).date()
    ways = []
    for day in dict.fromkeys((max(at.date(), today) + timedelta(days=1), at.date() + timedelta(days=7))):
        label = f"{words.day(day)}, {words.time_of_day(visit.starts_at)}"
        ways.append((label, {"date": day.isoformat(), "time": f"{at:%H:%M}"}))
    return ways


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def assign(door: Door, visit: int) -> HttpResponse:
    """Say who goes to a visit."""
    ref = make_ref("visit", visit)
    row = door.ask(show_visit, visit=ref).visit
    if door.is_post:
        done = door.perform(assign_visit, visit=ref, members=people_sent(door.request.POST))
        going = [one.name for one in door.ask(show_visit, visit=ref).visit.assignees]
        door.tell(f"{ref}: {' and '.join(going) or 'nobody'} goes.{also(done.value.overlaps)}", done=done)
        return door.go("jobs:visit", visit)
    form = FormState({"members": [one.id for one in row.assignees]})
    return door.page("jobs/assign_visit.html", {"form": form, "visit": row, "people": team(door)})


@business_page(Permission.JOBS_WRITE, "POST")
def cancel(door: Door, visit: int) -> HttpResponse:
    """Cancel a visit that has not begun."""
    return _act(door, visit, cancel_visit, "Cancelled")


def _act(door: Door, visit: int, operation: Operation[Any], did: str) -> HttpResponse:
    ref = make_ref("visit", visit)
    door.tell(f"{did} {ref}", done=door.perform(operation, visit=ref))
    return door.go_back("jobs:visit", visit)

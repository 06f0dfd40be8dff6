"""Views of recurring work: this visit is changed on its own page, the following and all of them here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localtime

from opsystem.business.checklists.queries import list_checklists
from opsystem.business.jobs.queries import list_visits
from opsystem.business.overview.queries import show_job
from opsystem.business.recurring.operations import (
    edit_series,
    end_series,
    pause_series,
    repeat_job,
    resume_series,
)
from opsystem.business.recurring.queries import list_series, show_series
from opsystem.kit import clock
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.jobs.planning import lengths, people_sent, team, tomorrow

_AHEAD = timedelta(days=70)
_SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAYS = [(name[:2].upper(), name) for name in _SHORT]


@business_page(Permission.JOBS_WRITE)
def show_list(door: Door) -> HttpResponse:
    """Show what comes again."""
    return door.page("recurring/list.html", {"series": door.ask(list_series)})


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def add(door: Door, job: int) -> HttpResponse:
    """Let a job come again."""
    ref = make_ref("job", job)
    form = FormState(
        {"first_day": tomorrow(), "at_time": "09:00", "minutes": 60, "every": "1", "unit": "week"}
    )
    if door.is_post:
        sent = door.request.POST
        names = (
            "first_day",
            "at_time",
            "minutes",
            "every",
            "unit",
            "until",
            "count",
            "instructions",
            "checklist",
        )
        more: dict[str, Any] = {"members": people_sent(sent), "weekdays": sent.getlist("weekdays")}
        for flag in ("same_weekday", "skips_holidays"):
            more[flag] = sent.get(flag) == "on"
        outcome = door.submit(repeat_job, *names, job=ref, **more)
        if outcome.done:
            row = outcome.done.value
            door.tell(f"{row.rhythm}: {row.planned} visits are planned", done=outcome.done)
            return door.go("recurring:show", row.id)
        form = outcome.form
    context = {
        "form": form,
        "job": door.ask(show_job, job=ref).job,
        "days": DAYS,
        "people": team(door),
        "lengths": lengths(),
        "checklists": door.ask(list_checklists),
    }
    return door.page("recurring/add.html", context)


@business_page(Permission.JOBS_WRITE)
def show(door: Door, series: int) -> HttpResponse:
    """Show a series and its visits ahead."""
    row = door.ask(show_series, series=make_ref("series", series))
    today = localtime(clock.now()).date()
    ahead = door.ask(list_visits, since=today, until=today + _AHEAD, include_cancelled=True)
    visits = [one for one in ahead if one.series == row.ref]
    return door.page("recurring/show.html", {"row": row, "visits": visits, "today": today})


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def edit(door: Door, series: int) -> HttpResponse:
    """Change what is ahead: all of it, or one day's visit and all after it."""
    ref = make_ref("series", series)
    row = door.ask(show_series, series=ref)
    values: dict[str, Any] = {
        "at_time": row.at_time,
        "minutes": row.minutes,
        "from_day": door.request.GET.get("from", ""),
    }
    values["skips_holidays"] = "on" if row.skips_holidays else None
    form = FormState({**values, "members": [one.id for one in row.members]})
    if door.is_post:
        sent = door.request.POST
        names = ("from_day", "at_time", "minutes", "until", "every", "unit")
        more: dict[str, Any] = {"members": people_sent(sent), "weekdays": sent.getlist("weekdays")}
        more["skips_holidays"] = sent.get("skips_holidays") == "on"
        outcome = door.submit(edit_series, *names, series=ref, **more)
        if outcome.done:
            door.tell("Changed what is ahead", done=outcome.done)
            return door.go("recurring:show", outcome.done.value.id)
        form = outcome.form
    context = {"form": form, "row": row, "days": DAYS, "people": team(door), "lengths": lengths(row.minutes)}
    return door.page("recurring/edit.html", context)


@business_page(Permission.JOBS_WRITE, "POST")
def end(door: Door, series: int) -> HttpResponse:
    """End a series: everything ahead, or from a day on."""
    given = {"from_day": door.request.POST["from_day"]} if door.request.POST.get("from_day") else {}
    done = door.perform(end_series, series=make_ref("series", series), **given)
    door.tell("Ended: what was done stays", done=done)
    return door.go("recurring:show", series)


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def pause(door: Door, series: int) -> HttpResponse:
    """Let a series rest."""
    ref, form = make_ref("series", series), FormState({"since": tomorrow()})
    if door.is_post:
        outcome = door.submit(pause_series, "since", "until", series=ref)
        if outcome.done:
            door.tell("Paused", done=outcome.done)
            return door.go("recurring:show", series)
        form = outcome.form
    return door.page("recurring/pause.html", {"form": form, "row": door.ask(show_series, series=ref)})


@business_page(Permission.JOBS_WRITE, "POST")
def resume(door: Door, series: int) -> HttpResponse:
    """Take a series up again."""
    done = door.perform(resume_series, series=make_ref("series", series))
    door.tell("It goes on", done=done)
    return door.go("recurring:show", series)

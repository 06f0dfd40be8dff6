"""Views that place visits: a drop on the board, and the form that needs no dragging."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localtime

from opsystem.business.dispatch.operations import book_slot, place_visit
from opsystem.business.dispatch.queries import suggest_slots
from opsystem.business.dispatch.records import Placed
from opsystem.business.dispatch.versions import version_of
from opsystem.business.jobs.queries import show_visit
from opsystem.business.jobs.records import VisitRow
from opsystem.business.overview.queries import show_job
from opsystem.kit import clock
from opsystem.kit.errors import Problem
from opsystem.kit.refs import make_ref
from opsystem.operations import Done, Permission
from opsystem.web.door import STATUS, Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.jobs.planning import lengths, minutes_of, people_sent, submit_timed, team, time_values
from opsystem.web.schedule.boards import board_page

_SHOWN = 3


@business_page(Permission.JOBS_WRITE, "POST")
def drop(door: Door) -> HttpResponse:
    """Place a visit where it was dropped; the answer is the board as it is now, with what came of it."""
    sent = door.request.POST
    try:
        done = _placed(door)
        told = _told(door, done)
    except Problem as problem:
        if "HX-Request" not in door.request.headers:
            raise
        told = {"text": problem.message, "kind": "failed", "undo_url": None}
        return board_page(
            door,
            sent.get("view", ""),
            sent.get("at", ""),
            sent.get("member", ""),
            told,
            status=STATUS.get(problem.kind, 400),
        )
    if "HX-Request" not in door.request.headers:
        door.tell(told["text"], done=done)
        return door.go_back("schedule:week")
    return board_page(door, sent.get("view", ""), sent.get("at", ""), sent.get("member", ""), told)


def _placed(door: Door) -> Done[Placed]:
    sent = door.request.POST
    ref = make_ref("visit", _number(sent.get("visit", "")) or 0) if _number(sent.get("visit", "")) else "V-?"
    given: dict[str, Any] = {"visit": ref, "base_version": sent.get("base_version", "")}
    if sent.get("starts_at"):
        given["starts_at"] = sent["starts_at"]
    if _number(sent.get("minutes", "")):
        given["minutes"] = sent["minutes"]
    come_from, gone_to = sent.get("from", ""), sent.get("to", "")
    if come_from != gone_to:
        people = {one.id for one in door.ask(show_visit, visit=ref).visit.assignees}
        people = (people - {_number(come_from)}) | {_number(gone_to)}
        given["members"] = tuple(make_ref("member", one) for one in sorted(people) if one)
    return door.perform(place_visit, **given, only_if_free=sent.get("only_if_free") == "1")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def _told(door: Door, done: Done[Placed]) -> dict[str, Any]:
    placed = done.value
    when = f"{placed.local_start:%a %b} {placed.local_start.day}, {placed.local_start:%I:%M %p}".replace(
        ", 0", ", "
    )
    text = f"Moved {placed.ref} to {when}, {' and '.join(placed.names) or 'nobody yet'}."
    if placed.tell_client:
        text += " The client has not been told."
    text = " ".join([text, *(f"{words}." for words in [one.words for one in placed.troubles][:2])])
    undo = door.url("history:undo", done.change_set_id) if done.change_set_id is not None else None
    return {"text": text, "kind": "done", "undo_url": undo}


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def place(door: Door, visit: int) -> HttpResponse:
    """Move a visit by a form: a suggested time, or one's own, and who goes."""
    ref = make_ref("visit", visit)
    row = door.ask(show_visit, visit=ref).visit
    form = FormState({**time_values(row), "members": [one.id for one in row.assignees]})
    if door.is_post:
        sent = door.request.POST
        outcome = submit_timed(
            door,
            place_visit,
            "minutes",
            "base_version",
            visit=ref,
            members=people_sent(sent),
            only_if_free=sent.get("only_if_free") == "1",
        )
        if outcome.done:
            told = _told(door, outcome.done)
            door.tell(told["text"], done=outcome.done)
            day = localtime(door.ask(show_visit, visit=ref).visit.starts_at).date()
            return door.go("schedule:day", query={"day": day.isoformat()})
        form = outcome.form
    context = {
        "form": form, "visit": row, "version": _version(row), "people": team(door),
        "lengths": lengths(minutes_of(row)),
        **_suggested(door, {"visit": ref, "minutes": minutes_of(row)}),
    }  # fmt: skip
    return door.page("schedule/place.html", context)


@business_page(Permission.JOBS_WRITE, "GET", "POST")
def find(door: Door, job: int) -> HttpResponse:
    """Find a time for a job that has none, and book it."""
    ref = make_ref("job", job)
    page = door.ask(show_job, job=ref)
    if door.is_post:
        outcome = submit_timed(door, book_slot, "minutes", job=ref, members=people_sent(door.request.POST))
        if outcome.done:
            door.tell(_told(door, outcome.done)["text"].replace("Moved", "Booked", 1), done=outcome.done)
            return door.go("jobs:show", job)
        door.tell(outcome.form.message or "Say when.", kind="failed")
    length = _number(door.request.GET.get("minutes", "")) or 60
    context = {
        "job": page.job,
        "length": length,
        "lengths": lengths(length),
        **_suggested(door, {"job": ref, "minutes": length}),
    }
    return door.page("schedule/find.html", context)


def _suggested(door: Door, asked: dict[str, Any]) -> dict[str, Any]:
    since = door.request.GET.get("since", "")
    try:
        date.fromisoformat(since)
    except ValueError:
        # No day, or none that there is: from today on.
        since = localtime(clock.now()).date().isoformat()
    return {"slots": door.ask(suggest_slots, **asked, since=since, most=_SHOWN), "since": since}


def _version(row: VisitRow) -> str:
    return version_of(row.starts_at, row.ends_at, [one.id for one in row.assignees], row.state.value)

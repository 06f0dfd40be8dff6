"""Views of a week's hours: reading, writing, correcting with a reason, approving, taking along."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localtime

from opsystem.business.timesheets.operations import add_time, approve_week, correct_time, remove_time
from opsystem.business.timesheets.queries import list_time, show_week
from opsystem.business.timesheets.records import TimeRow
from opsystem.kit import clock
from opsystem.kit.errors import NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.vault.archives.csv_cells import csv_pieces
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.jobs.planning import team
from opsystem.web.time.typed import stretch_of, whose

_WEEK = timedelta(days=7)
_HEADER = (
    "Person", "Day", "Begins", "Ends", "Minutes", "Sort", "Job", "Number", "Note", "Corrected by", "Why",
)  # fmt: skip


@business_page(Permission.JOBS_READ)
def show(door: Door) -> HttpResponse:
    """Show a week of one person: the own one unless another is named."""
    day, member = _day(door), whose(door)
    given: dict[str, Any] = {"member": member} if member else {}
    sheet = door.ask(show_week, day=day, **given)
    context = {
        "sheet": sheet,
        "member": member,
        "people": team(door) if door.actor.may(Permission.TIME_READ) else [],
        "earlier": sheet.monday - _WEEK,
        "later": sheet.monday + _WEEK,
        "mine": sheet.member == make_ref("member", door.actor.member_id or 0),
    }
    return door.page("time/week.html", context)


@business_page(Permission.TIME_WRITE, "GET", "POST")
def add(door: Door) -> HttpResponse:
    """Write hours down by hand."""
    form = FormState({"date": localtime(clock.now()).date().isoformat(), "sort": "work"})
    member = whose(door)
    if door.is_post:
        given: dict[str, Any] = {"member": member} if member else {}
        outcome = stretch_of(door, add_time, "sort", "job", "note", **given)
        if outcome.done:
            door.tell("Wrote the hours down", done=outcome.done)
            return door.go("time:week", query={"member": member[2:]} if member else None)
        form = outcome.form
    return door.page("time/add.html", {"form": form, "member": member})


@business_page(Permission.TIME_WRITE, "GET", "POST")
def correct(door: Door, entry: int) -> HttpResponse:
    """Correct an entry, and say why."""
    row = _entry(door, entry)
    start, end = row.local_start, row.local_end
    values = {"date": f"{start:%Y-%m-%d}", "begins": f"{start:%H:%M}", "ends": f"{end:%H:%M}" if end else ""}
    form = FormState({**values, "sort": row.sort})
    if door.is_post:
        outcome = stretch_of(door, correct_time, "sort", "reason", entry=row.ref)
        if outcome.done:
            door.tell("Corrected", done=outcome.done)
            return door.go("time:week", query={"day": f"{start:%Y-%m-%d}", "member": row.member[2:]})
        form = outcome.form
    return door.page("time/correct.html", {"form": form, "row": row})


@business_page(Permission.TIME_WRITE, "POST")
def remove(door: Door, entry: int) -> HttpResponse:
    """Take an entry out, and say why."""
    reason = door.request.POST.get("reason", "").strip() or "Written by mistake"
    done = door.perform(remove_time, entry=make_ref("time", entry), reason=reason)
    door.tell("Removed the entry", done=done)
    return door.go_back("time:week")


@business_page(Permission.TEAM_MANAGE, "POST")
def approve(door: Door) -> HttpResponse:
    """Approve a week, or open it again."""
    sent = door.request.POST
    again = sent.get("open_again") == "on"
    given = {"member": sent.get("member", ""), "monday": sent.get("monday", ""), "open_again": again}
    done = door.perform(approve_week, **given)
    door.tell("The week is open again" if again else "The week is approved", done=done)
    return door.go_back("time:week")


@business_page(Permission.TIME_READ)
def download(door: Door) -> HttpResponse:
    """Give a week of everybody as CSV."""
    monday = _day(door)
    monday -= timedelta(days=monday.weekday())
    rows = door.ask(list_time, since=monday, until=monday + timedelta(days=6))
    header = (
        "Person",
        "Day",
        "Begins",
        "Ends",
        "Minutes",
        "Sort",
        "Job",
        "Number",
        "Note",
        "Corrected by",
        "Why",
    )
    lines = csv_pieces(header, (_cells(row) for row in rows))
    answer = HttpResponse(b"".join(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="Hours {monday}.csv"'
    return answer


def _cells(row: TimeRow) -> tuple[Any, ...]:
    start, end = row.local_start, row.local_end
    return (
        row.member_name, f"{start:%Y-%m-%d}", f"{start:%H:%M}", f"{end:%H:%M}" if end else "", row.minutes,
        row.sort, row.job_title or "", row.job or "", row.note, row.corrected_by or "", row.reason,
    )  # fmt: skip


def _day(door: Door) -> date:
    try:
        return date.fromisoformat(door.request.GET.get("day", ""))
    except ValueError:
        # No day, or none that is one: this week.
        return localtime(clock.now()).date()


def _entry(door: Door, number: int) -> TimeRow:
    today = localtime(clock.now()).date()
    found = door.ask(
        list_time, since=today - timedelta(days=370), until=today + timedelta(days=1), **_scope(door)
    )
    row = next((one for one in found if one.id == number), None)
    if row is None:
        raise NotFound("There is no such entry.", code="no_entry")
    return row


def _scope(door: Door) -> dict[str, Any]:
    if door.actor.may(Permission.TIME_READ):
        return {}
    return {"member": make_ref("member", door.actor.member_id or 0)}

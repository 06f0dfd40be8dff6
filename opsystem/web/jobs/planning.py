"""What forms about time and people share: days and hours as they are typed, lengths, double bookings told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.timezone import localtime

from opsystem.business.jobs.records import Overlap, VisitRow
from opsystem.business.team.queries import list_team
from opsystem.business.team.records import MemberRow
from opsystem.kit import clock
from opsystem.kit.refs import make_ref
from opsystem.operations import Operation
from opsystem.web import show
from opsystem.web.door import Door, Outcome
from opsystem.web.forms import FormState

_LENGTHS = (15, 30, 45, 60, 90, 120, 150, 180, 240, 300, 360, 480)
_MOST_TOLD = 2


def lengths(present: int = 60) -> list[tuple[int, str]]:
    """Return how long a visit may take as choices, with the present length among them."""
    return [(count, show.minutes(count)) for count in sorted({*_LENGTHS, present})]


def team(door: Door) -> list[MemberRow]:
    """Return who can be sent: everybody on the team."""
    return door.ask(list_team)


def people_sent(sent: QueryDict) -> tuple[str, ...]:
    """Return the references of the people whose boxes are ticked."""
    return tuple(make_ref("member", int(one)) for one in sent.getlist("members") if one.isdecimal())


def submit_timed(door: Door, operation: Operation[Any], *names: str, **given: Any) -> Outcome:
    """Perform an operation whose `starts_at` is typed as a day and a time of day.

    Both empty means no time. What is wrong with the time is said at the day or at the hour.
    """
    sent = door.request.POST
    day, hour = sent.get("date", "").strip(), sent.get("time", "").strip()
    if day and hour:
        try:
            given["starts_at"] = datetime.fromisoformat(f"{day}T{hour}")
        except ValueError:
            return _refused(sent, {"date": "Give a day like 2026-11-24 and a time like 14:30."})
    elif day or hour:
        return _refused(sent, {"time": "Say at what time."} if day else {"date": "Say on which day."})
    outcome = door.submit(operation, *names, **given)
    wrong = outcome.form.error("starts_at")
    if not wrong:
        return outcome
    others = {name: words for name, words in outcome.form.errors.items() if name != "starts_at"}
    form = replace(outcome.form, errors={"date": "Say when." if not day else wrong, **others})
    return Outcome(None, form)


def _refused(sent: QueryDict, errors: dict[str, str]) -> Outcome:
    return Outcome(None, FormState(FormState.of(sent).values, errors, "Please check what is marked."))


def time_values(visit: VisitRow) -> dict[str, Any]:
    """Return what stands in the fields of a visit's time."""
    at = localtime(visit.starts_at)
    return {"date": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}", "minutes": minutes_of(visit)}


def minutes_of(visit: VisitRow) -> int:
    """Return how long a visit takes."""
    return round((visit.ends_at - visit.starts_at).total_seconds() / 60)


def tomorrow() -> str:
    """Return the next day as a date field wants it."""
    return (localtime(clock.now()).date() + timedelta(days=1)).isoformat()


def also(overlaps: Iterable[Overlap]) -> str:
    """Return who is double-booked, to stand behind what was done; nothing when nobody is."""
    told = list(overlaps)
    lines = [
        f"{one.member_name} also has {one.visit} “{one.title}”, {show.when(one.starts_at)}."
        for one in told[:_MOST_TOLD]
    ]
    if len(told) > _MOST_TOLD:
        lines.append(f"{len(told) - _MOST_TOLD} more overlap.")
    return " ".join(["", *lines]) if lines else ""

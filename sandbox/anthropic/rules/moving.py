"""Moving, cancelling and handing over visits."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Generator

from sandbox.anthropic.planner.dates import Span, find_when, short
from sandbox.anthropic.planner.lookups import (
    check,
    find_client,
    find_member,
    is_for,
    starts_at,
    visits_between,
    visits_in,
)
from sandbox.anthropic.planner.outcomes import closing, overlaps
from sandbox.anthropic.planner.records import REF, Record
from sandbox.anthropic.planner.steps import Answer, Plan, Result, Step, call, rule, step
from sandbox.anthropic.planner.telling import name_of, visit_line
from sandbox.anthropic.planner.times import clock, find_hours
from sandbox.anthropic.planner.turn import WHICH_ONE, Turn
from sandbox.anthropic.planner.words import own

_AHEAD = dt.timedelta(days=60)
FoundVisit = Generator[Step, list[Result], Record]


def find_visit(turn: Turn, words: str) -> FoundVisit:
    """The one coming visit that these words mean: a ref, or a client and perhaps a day."""
    words = re.sub(
        r"^(?:the |my |our )?(?:visit|appointment|job)?(?: (?:to|at|of|for|with) )?(?:the )?",
        "",
        words.strip(),
    )
    if turn.chosen is not None and turn.chosen.startswith("V-"):
        return Record(turn.chosen, {})
    if REF.fullmatch(words.upper()):
        if words.upper().startswith("V-"):
            return Record(words.upper(), {})
        if words.upper().startswith("J-"):
            shown = yield step(call("show_job", job=words.upper()))
            return _only([r for r in check(shown[0]).records if r.kind == "visit"], words.upper(), turn)
    when = find_when(words, turn.today)
    span, who = when if when is not None else (Span(turn.today, turn.today + _AHEAD, "soon"), words)
    who = re.sub(r"(?:'s|s')?(?: (?:next|coming))? (?:visit|appointment|job)\b.*$", "", own(who)).strip()
    client = yield from find_client(turn, who)
    results = yield step(visits_between(turn, span, client=client.ref))
    visits = [visit for visit in visits_in(results[0], span, turn.facts.zone) if is_for(visit, client, who)]
    if not visits:
        raise Answer(f"I found no coming visit to {name_of(client, who)}.")
    return _only(visits, client.name, turn)


def _only(visits: list[Record], of: str, turn: Turn) -> Record:
    if len(visits) == 1:
        return visits[0]
    if not visits:
        raise Answer(f"I found no visit of {of}.")
    lines = "\n".join(visit_line(visit, turn.facts.zone, with_day=True) for visit in visits[:8])
    raise Answer(f"There are several visits. {WHICH_ONE}\n{lines}")


def _move(turn: Turn, match: re.Match[str]) -> Plan:
    when = find_when(match["when"], turn.today)
    span, rest = when if when is not None else (None, match["when"])
    hours = find_hours(rest, bare=True)
    if span is None and hours is None:
        return f'When shall it be? I could not read "{match["when"]}". Try "Thursday 10".'
    visit = yield from find_visit(turn, match["what"])
    before = starts_at(visit, turn.facts.zone)
    if before is None and (span is None or hours is None):
        shown = yield step(call("show_visit", visit=visit.ref))
        record = next((r for r in check(shown[0]).records if r.ref == visit.ref), visit)
        before = starts_at(record, turn.facts.zone)
    if before is None and (span is None or hours is None):
        return f"I do not see when {visit.ref} is now, so please say both the day and the time."
    day = span.first if span is not None else before.date() if before is not None else turn.today
    time = hours[0].start if hours is not None else before.time() if before is not None else dt.time(9)
    start = turn.moment(day, time)
    moved = yield step(
        call(
            "move_visit",
            visit=visit.ref,
            starts_at=start,
            minutes=hours[0].minutes if hours is not None else None,
        )
    )
    where = f"{short(day)} at {clock(start)}"
    told = closing(
        moved[0], f"moving [{visit.ref}] to {where}", f"The visit [{visit.ref}] is moved to {where}"
    )
    return told + overlaps(moved[0])


def _cancel(turn: Turn, match: re.Match[str]) -> Plan:
    what = match["what"]
    if REF.fullmatch(what.upper()) and what.upper().startswith("J-"):
        cancelled = yield step(call("cancel_job", job=what.upper()))
        return closing(cancelled[0], f"cancelling [{what.upper()}]", f"The job [{what.upper()}] is cancelled")
    visit = yield from find_visit(turn, what)
    cancelled = yield step(call("cancel_visit", visit=visit.ref))
    return closing(cancelled[0], f"cancelling [{visit.ref}]", f"The visit [{visit.ref}] is cancelled")


def _assign(turn: Turn, match: re.Match[str]) -> Plan:
    member = yield from find_member(match["member"])
    visit = yield from find_visit(turn, match["what"])
    given = yield step(call("assign_visit", visit=visit.ref, members=[member.ref]))
    return closing(
        given[0], f"giving [{visit.ref}] to {name_of(member)}", f"{name_of(member)} goes to [{visit.ref}] now"
    )


RULES = (
    rule(
        "move a visit",
        _move,
        r"(?:move|reschedule|shift|push|postpone|change) (?P<what>.+?) (?:to|until|till) (?P<when>(?:on "
        r")?.+)",
    ),
    rule(
        "assign a visit",
        _assign,
        r"(?:assign|give|hand)(?: over)? (?P<what>.+?) to (?P<member>[A-Z][\w'-]+)",
        r"send (?P<member>[A-Z][\w'-]+) to (?P<what>V-\d+)",
    ),
    rule(
        "cancel a visit",
        _cancel,
        r"(?:cancel|call off|delete|drop) (?P<what>.+)",
    ),
)

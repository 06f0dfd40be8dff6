"""What is on: the business's days, one member's days, one client's visits."""

from __future__ import annotations

import re
from collections.abc import Generator
from datetime import timedelta

from sandbox.anthropic.planner.dates import WHEN, Span, read_when
from sandbox.anthropic.planner.lookups import (
    check,
    find_client,
    find_member,
    is_for,
    starts_at,
    visits_between,
    visits_in,
)
from sandbox.anthropic.planner.records import Record
from sandbox.anthropic.planner.steps import Answer, Plan, Result, Step, call, rule, step
from sandbox.anthropic.planner.telling import bullet_list, days_of, name_of, visit_line, when_of
from sandbox.anthropic.planner.turn import Turn
from sandbox.anthropic.planner.words import many
from sandbox.anthropic.rules.people import whole

_WHEN = rf"(?P<when>{WHEN})"
_BACK = timedelta(days=730)
_AHEAD = timedelta(days=120)
_YEAR, _MONTH = timedelta(days=365), timedelta(days=30)  # a tool may not give more at once


def _span(turn: Turn, words: str | None) -> Span:
    span = read_when(words or "today", turn.today)
    if span is None:
        raise Answer(f'I could not read "{words}" as a day. Try "tomorrow", "next Monday" or "Nov 24".')
    return span


def _what_is_on(turn: Turn, match: re.Match[str]) -> Plan:
    span = _span(turn, match.groupdict().get("when"))
    results = yield step(visits_between(turn, span))
    return _told(visits_in(results[0], span, turn.facts.zone), span, turn, "")


def _what_somebody_has(turn: Turn, match: re.Match[str]) -> Plan:
    who = match["who"]
    span = _span(turn, match.groupdict().get("when"))
    if who.lower() in {"i", "we", "my", "our"}:
        results = yield step(visits_between(turn, span))
        return _told(visits_in(results[0], span, turn.facts.zone), span, turn, "")
    member = yield from find_member(who)
    results = yield step(visits_between(turn, span, member=member.ref))
    return _told(visits_in(results[0], span, turn.facts.zone), span, turn, f" for {name_of(member)}")


def _told(visits: list[Record], span: Span, turn: Turn, whose: str) -> str:
    label = span.label[0].upper() + span.label[1:]
    if not visits:
        return f"{label}: nothing is booked{whose}."
    several = len(days_of(visits, turn.facts.zone)) > 1
    lines = [visit_line(visit, turn.facts.zone, with_day=several) for visit in visits]
    return f"{label}: {many(len(visits), 'visit')}{whose}.\n{bullet_list(lines)}"


def _next_visit(turn: Turn, match: re.Match[str]) -> Plan:
    client, found = yield from _visits_of(turn, match["who"], Span(turn.today, turn.today + _AHEAD, ""))
    whose = name_of(client, match["who"])
    if not found:
        return f"Nothing is booked for {whose} in the coming months."
    return f"The next visit to {whose}:\n{visit_line(found[0], turn.facts.zone, with_day=True)}"


def _visits(turn: Turn, match: re.Match[str]) -> Plan:
    client, found = yield from _visits_of(
        turn, match["who"], Span(turn.today - _BACK, turn.today + _AHEAD, "")
    )
    whose = name_of(client, match["who"])
    if not found:
        return f"No visit to {whose} is on record."
    lines = [visit_line(visit, turn.facts.zone, with_day=True) for visit in reversed(found)]
    return f"{many(len(found), 'visit')} to {whose}, the latest first:\n{bullet_list(lines)}"


def _last_visit(turn: Turn, match: re.Match[str]) -> Plan:
    client, found = yield from _visits_of(turn, match["who"], Span(turn.today - _BACK, turn.today, ""))
    past = [
        visit
        for visit in found
        if (start := starts_at(visit, turn.facts.zone)) and start.date() <= turn.today
    ]
    whose = name_of(client, match["who"])
    if not past:
        return f"No past visit to {whose} is on record."
    return f"The last visit to {whose} was on {when_of(past[-1], turn.facts.zone)} [{past[-1].ref}]."


def _visits_of(
    turn: Turn, who: str, span: Span
) -> Generator[Step, list[Result], tuple[Record, list[Record]]]:
    """The client and the visits to them within these days, earliest first."""
    client = yield from find_client(turn, who)
    tool = turn.tools.get("list_visits")
    if tool is not None and "client" in tool.properties:
        results = yield step(visits_between(turn, span, client=client.ref))
        return client, visits_in(results[0], span, turn.facts.zone)
    results = yield step(call("show_client", client=client.ref))
    shown = visits_in(check(results[0]), span, turn.facts.zone)
    if shown or any(record.kind == "job" for record in results[0].records):
        return whole(results[0].records, client), shown
    near = Span(max(span.first, turn.today - _YEAR), min(span.last, turn.today + _MONTH), "")
    results = yield step(visits_between(turn, near))
    return client, [
        visit for visit in visits_in(results[0], near, turn.facts.zone) if is_for(visit, client, who)
    ]


RULES = (
    rule(
        "last visit",
        _last_visit,
        r"when (?:was|were) (?:i|we|\w+) last (?:at|with|to see|to) (?P<who>.+)",
        r"when did (?:i|we|\w+) last (?:visit|see|go to) (?P<who>.+)",
        r"(?:what was )?(?:the )?last visit (?:to|at|of|for) (?P<who>.+)",
    ),
    rule(
        "next visit",
        _next_visit,
        r"when (?:are|am|is) (?:i|we|\w+) (?:next (?:at|with)|going to|seeing) (?P<who>.+?)(?: next)?",
        r"(?:when is |what is )?(?:the )?next visit (?:to|at|of|for|with) (?P<who>.+)",
        r"when is (?P<who>.+?)(?:'s|s') (?:next )?(?:visit|appointment)",
    ),
    rule(
        "visits of a client",
        _visits,
        r"(?:show |list )?(?:me )?(?:all )?(?:the )?visits (?:of|for|to|at|with) (?P<who>.+)",
        r"(?:show |list )?(?:me )?(?P<who>.+?)(?:'s|s') visits",
    ),
    rule(
        "what is on",
        _what_is_on,
        rf"what(?:'s| is| do we have| have we got)(?: going)?(?: on| planned| scheduled| booked)*(?: "
        rf"for)?(?: {_WHEN})?",
        rf"(?:show |list )?(?:me )?(?:the |my |our )?(?:schedule|calendar|visits|agenda)(?: for| on| of)?(?: "
        rf"{_WHEN})?",
        rf"(?:what|which) (?:visits|appointments|jobs)(?: do we have| are there| have we| are)?(?: on| "
        rf"booked)?(?: {_WHEN})",
        rf"{_WHEN}(?:'s)? (?:schedule|visits|agenda)",
        rf"(?:anything|is anything|is there anything|are we busy|who(?:'s| is) working|who goes where)(?: "
        rf"on)?(?: {_WHEN})?",
    ),
    rule(
        "what somebody has",
        _what_somebody_has,
        rf"what (?:does|do|has|have) (?P<who>[\w' .-]+?) (?:have|got|doing)?(?: on| to do| planned)?(?: "
        rf"{_WHEN})?",
        rf"(?:what|where)(?:'s| is) (?P<who>[\w' .-]+?) (?:doing|working|going|on)?(?: {_WHEN})",
        rf"(?:show |list )?(?:me )?(?P<who>[\w' .-]+?)(?:'s|s') (?:day|schedule|calendar|jobs|week)(?: for| "
        rf"on)?(?: {_WHEN})?",
        rf"is (?P<who>[\w' .-]+?) (?:free|busy|working|available)(?: on)?(?: {_WHEN})?",
    ),
)

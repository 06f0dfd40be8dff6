"""Booking a job with its visit."""

from __future__ import annotations

import re

from sandbox.anthropic.planner.dates import find_when
from sandbox.anthropic.planner.lookups import check, find_client_and, member_named
from sandbox.anthropic.planner.outcomes import closing, overlaps
from sandbox.anthropic.planner.steps import Plan, call, rule, step
from sandbox.anthropic.planner.telling import name_of
from sandbox.anthropic.planner.times import clock, find_hours
from sandbox.anthropic.planner.turn import Turn
from sandbox.anthropic.planner.words import sentence

_FOR_HOURS = re.compile(
    r"\bfor (\d+(?:\.5)?|an?|two|three|four|half an) (hours?|minutes?|mins?)\b", re.IGNORECASE
)
EXAMPLE = "book a leak repair for Mrs Alvarez tomorrow at 9 for Bob"
_NUMBERS = {"a": 1.0, "an": 1.0, "half an": 0.5, "two": 2.0, "three": 3.0, "four": 4.0}


def _book(turn: Turn, match: re.Match[str]) -> Plan:
    words, minutes = _length(match["words"])
    when = find_when(words, turn.today)
    span, words = when if when is not None else (None, words)
    hours = find_hours(words)
    if hours is not None:
        words = hours[1]
    who, member, title = _parts(words, match.groupdict().get("what"))
    if who is None:
        return f"For which client shall I book it? For instance: {EXAMPLE}."
    team = [call("list_team")] if member is not None else []
    client, listed = yield from find_client_and(turn, who, *team)
    members = [member_named(check(listed[0]), member).ref] if member is not None else None
    time = hours[0] if hours is not None else None
    start = turn.moment(span.first, time.start) if span is not None and time is not None else None
    booked = yield step(
        call(
            "book_job",
            client=client.ref,
            title=title,
            starts_at=start,
            minutes=(time.minutes if time is not None else None) or minutes,
            members=members,
        )
    )
    at = f" {span.label} at {clock(start)}" if span is not None and start is not None else ""
    missing = "" if start is not None else " It has no visit yet: tell me the day and the time."
    thing = f"booking {title.lower()} for {name_of(client, who)}{at}"
    told = closing(booked[0], thing, f"Booked: {title} for {name_of(client, who)}{at}")
    return told if booked[0].is_error else f"{told}{overlaps(booked[0])}{missing}"


def _length(words: str) -> tuple[str, int | None]:
    found = _FOR_HOURS.search(words)
    if found is None:
        return words, None
    amount = _NUMBERS.get(found[1].lower()) or float(found[1])
    minutes = round(amount * (60 if found[2].lower().startswith("hour") else 1))
    return f"{words[: found.start()].rstrip()} {words[found.end() :].lstrip()}".strip(), minutes


def _parts(words: str, what: str | None) -> tuple[str | None, str | None, str]:
    """Client, member, title of "a leak repair for Mrs Alvarez for Bob": a second "for" is the member's."""
    words = re.sub(r"\s+", " ", words).strip(" ,.")
    words, member = _cut(words, r"(?: with| by| assigned to| and send)")
    pieces = re.split(r"(?:^| )for ", words)
    head, people = pieces[0].strip(" ,"), [piece.strip(" ,") for piece in pieces[1:] if piece.strip(" ,")]
    if len(people) > 1 and member is None:
        member = people.pop()
    client = people[0] if people else None
    if client is None and what is None and head:
        client, head = head, ""
    title = re.sub(
        r"^(?:an? |the )?(?:new )?(?:job|visit|appointment)?[:,]?\s*(?:to )?",
        "",
        what or head,
        flags=re.IGNORECASE,
    )
    title = re.sub(r"^(?:an? |the )", "", title)
    return client, member, sentence(title).rstrip(".") or "Visit"


def _cut(words: str, before: str) -> tuple[str, str | None]:
    found = re.search(rf"{before} ([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)(?=$| for| on| at|,)", words)
    if found is None:
        return words, None
    return f"{words[: found.start()]}{words[found.end() :]}".strip(), found[1]


RULES = (
    rule(
        "book a job",
        _book,
        r"(?:book|schedule|create|add|make|set up|plan)(?: in)? (?P<words>(?:an? |the )?(?:new )?(?:job|"
        r"visit|appointment)\b.*)",
        r"new (?P<words>(?:job|visit|appointment)\b.*)",
        r"(?:book|schedule|set up|plan)(?: in)? (?P<words>.+ for .+)",
        r"(?:book|schedule)(?: in)? (?P<words>[A-Z].+)",
    ),
)

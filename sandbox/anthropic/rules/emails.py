"""Emailing a client."""

from __future__ import annotations

import re

from sandbox.anthropic.planner.drafting import draft, greeting
from sandbox.anthropic.planner.lookups import find_client
from sandbox.anthropic.planner.outcomes import closing
from sandbox.anthropic.planner.records import REF
from sandbox.anthropic.planner.steps import Plan, call, rule, step
from sandbox.anthropic.planner.turn import Turn
from sandbox.anthropic.planner.words import own, sentence, split_title
from sandbox.anthropic.rules.people import whole

_WHO = (
    r"(?P<who>(?!about\b|that\b)[\w'.&-]+"
    r"(?: (?!that\b|about\b|saying\b|and\b|with\b|subject\b)[\w'.&-]+){0,4})"
)
_EMAIL = r"(?:e-?mail|send(?: an?)? e-?mail to|write(?: an?)? e-?mail to)"


def _email(turn: Turn, match: re.Match[str]) -> Plan:
    topic = (match.groupdict().get("topic") or "").strip(" ,:\"'")
    words = (match.groupdict().get("words") or "").strip()
    if not topic and not words:
        who = match["who"]
        return f"What should the email to {who} say? For instance: email {who} about the estimate: ..."
    found = yield from find_client(turn, match["who"])
    wishes = [call("show_client", client=found.ref)]
    if turn.facts.business is None and turn.can("business_profile"):
        wishes.append(call("business_profile"))
    results = yield step(*wishes)
    client = whole(results[0].records, found)
    title, said = split_title(own(match["who"]))
    name = client.name if REF.fullmatch(said.upper()) and client.name != client.ref else said
    business = turn.facts.business or (
        results[1].field("name", "business_name") if len(results) > 1 else None
    )
    told = draft(words, turn.today) if words else None
    lines = " ".join(told.sentences) if told is not None else f"We are writing about {topic}."
    thanks = "\n\nThank you." if told is not None and told.asks else ""
    signed = f"\n\n{business}" if business else ""
    hello = greeting(title, name, client.name if client.name != client.ref else None)
    subject = sentence(topic).rstrip(".") if topic else _subject_of(lines)
    sent = yield step(
        call("send_email", client=client.ref, subject=subject, body=f"{hello}\n\n{lines}{thanks}{signed}"),
        text="Here is the email.",
    )
    thing = f"the email to {f'{title} {said}' if title else name}"
    return closing(sent[0], thing, f"{thing[0].upper()}{thing[1:]} is sent")


def _subject_of(lines: str) -> str:
    first = re.split(r"[.?!]", lines)[0]
    return first if len(first) <= 60 else f"{first[:57].rsplit(' ', 1)[0]}..."


RULES = (
    rule(
        "email a client",
        _email,
        rf"{_EMAIL} {_WHO} about (?P<topic>[^:]+?)(?:: ?| saying (?:that )?| and say (?:that )?| that "
        rf")(?P<words>.+)",
        rf"{_EMAIL} {_WHO} (?P<words>[\"'].+[\"'])",
        rf"{_EMAIL} {_WHO} about (?P<topic>.+)",
        rf"{_EMAIL} {_WHO}(?: saying|:)? (?P<words>(?:that|and|to) .+)",
        rf"{_EMAIL} {_WHO}: (?P<words>.+)",
        rf"{_EMAIL} {_WHO}",
    ),
)

"""New clients and notes."""

from __future__ import annotations

import re

from sandbox.anthropic.planner.lookups import find_client
from sandbox.anthropic.planner.outcomes import closing
from sandbox.anthropic.planner.records import REF, Record
from sandbox.anthropic.planner.steps import Plan, call, rule, step
from sandbox.anthropic.planner.telling import name_of
from sandbox.anthropic.planner.turn import Turn
from sandbox.anthropic.planner.words import sentence

_PHONE = re.compile(
    r"(?:[, ]|\b(?:with|phone|number|tel|mobile|cell|at|and)\b)*[ :]*(\+?\(?\d[\d ().-]{5,}\d)", re.IGNORECASE
)
_EMAIL = re.compile(r"(?:[, ]|\b(?:with|and|e-?mail)\b)*[ :]*([\w.+-]+@[\w-]+\.[\w.-]+\w)", re.IGNORECASE)
_COMPANY = re.compile(r"(?:,|\b(?:of|from|at|company))+[ :]+(?:the )?(?:company )?([A-Z][\w&'. -]+)$")


def _add_client(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    words = match["words"]
    email = _EMAIL.search(words)
    if email is not None:
        words = words[: email.start()] + words[email.end() :]
    phone = _PHONE.search(words)
    if phone is not None:
        words = words[: phone.start()] + words[phone.end() :]
    words = re.sub(r"\b(?:with|and|phone|number|e-?mail)\s*$", "", words.strip(" ,.")).strip(" ,.")
    company = _COMPANY.search(words)
    name = (words[: company.start()] if company is not None else words).strip(" ,.\"'")
    if not name:
        return "What is the new client's name? For instance: new client Ana Ruiz, 845 555 0134."
    added = yield step(
        call(
            "add_client",
            name=name,
            phone=phone[1].strip() if phone is not None else None,
            email=email[1] if email is not None else None,
            company=company[1].strip() if company is not None else None,
        )
    )
    return closing(added[0], f"adding {name}", f"{name} is added as a client")


def _add_note(turn: Turn, match: re.Match[str]) -> Plan:
    who = match["who"].strip(" ,:")
    record = Record(who.upper(), {}) if REF.fullmatch(who.upper()) else (yield from find_client(turn, who))
    words = sentence(match["words"].strip("\"' "))
    noted = yield step(call("add_note", about=record.ref, text=words))
    whose = name_of(record)
    return closing(noted[0], f"the note on {whose}", f"Noted on {whose}: {words.rstrip('.')}")


_ON = r"(?:on|for|about|to|at|in)"

RULES = (
    rule(
        "add client",
        _add_client,
        r"(?:add |create |make )?(?:a )?new client(?: called| named)?[:,]? (?P<words>.+)",
        r"(?:add|create|save)(?: a)? client(?: called| named)?[:,]? (?P<words>.+)",
        r"add (?P<words>.+) as a(?: new)? client",
    ),
    rule(
        "add note",
        _add_note,
        rf"(?:add |make |write |take )?(?:a )?note {_ON} (?P<who>[^:]+?): ?(?P<words>.+)",
        rf"(?:add |make |write |take )?(?:a )?note {_ON} (?P<who>[^:]+?),? (?:that|saying(?: that)?) "
        rf"(?P<words>.+)",
        r"note (?P<who>[^:]+?): ?(?P<words>.+)",
        r"(?:add|write)(?: down)? (?P<words>[\"'].+[\"']) (?:to|on|for)(?: the)?(?: notes of| file of)? "
        r"(?P<who>.+)",
        r"remember(?: for)? (?P<who>[^:]+?): ?(?P<words>.+)",
    ),
)

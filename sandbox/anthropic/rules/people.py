"""Who somebody is, and how to reach them."""

from __future__ import annotations

import re

from sandbox.anthropic.planner.lookups import check, find_client
from sandbox.anthropic.planner.records import Record
from sandbox.anthropic.planner.steps import Plan, call, rule, step
from sandbox.anthropic.planner.telling import (
    addresses_of,
    bullet_list,
    email_of,
    name_of,
    phone_of,
    record_line,
)
from sandbox.anthropic.planner.turn import Turn

_WHO = r"(?P<who>.+?)"
_FIELDS = {
    "phone": ("phone number", phone_of),
    "address": ("address", addresses_of),
    "email": ("email address", email_of),
}


def _reach(turn: Turn, match: re.Match[str]) -> Plan:
    what = next(name for name in _FIELDS if match.groupdict().get(name))
    found = yield from find_client(turn, match["who"])
    label, read = _FIELDS[what]
    value = read(found)
    shown = found
    if value is None:
        results = yield step(call("show_client", client=found.ref))
        shown = whole(check(results[0]).records, found)
        places = [record for record in results[0].records if record.kind == "property"]
        value = read(shown) or "; ".join(filter(None, (read(place) for place in places)))
    who = name_of(shown, match["who"])
    if not value:
        return f"{who} has no {label} on record."
    return f"The {label} of {who} is {value}."


def whole(records: list[Record], found: Record) -> Record:
    """The full record of somebody found before, where it is among these."""
    return next((record for record in records if record.ref == found.ref), found)


def _describe(turn: Turn, match: re.Match[str]) -> Plan:
    found = yield from find_client(turn, match["who"], kinds=("client", "member"))
    if found.kind == "member":
        return f"{name_of(found)} is on the team{_comma(found.get('role'))}{_comma(phone_of(found))}."
    results = yield step(call("show_client", client=found.ref))
    records = check(results[0]).records
    client = whole(records, found)
    facts = [
        f"- {label}: {value}"
        for label, value in (
            ("Phone", phone_of(client)),
            ("Email", email_of(client)),
            ("Company", client.get("company")),
            ("Address", addresses_of(client)),
            ("Notes", client.get("notes")),
        )
        if value
    ]
    others = [
        record
        for record in records
        if record.ref != client.ref and record.kind in {"property", "job", "visit"}
    ]
    lines = [record_line(record, "address", "city", "status", "state") for record in others]
    body = bullet_list(facts + lines)
    return f"{name_of(client, match['who'])} is a client." + (
        f"\n{body}" if body else " Nothing more is on record."
    )


def _comma(words: str | None) -> str:
    return f", {words}" if words else ""


RULES = (
    rule(
        "reach somebody",
        _reach,
        rf"(?:what(?:'s| is) )?(?:the )?(?P<phone>(?:tele)?phone(?: number)?|number|mobile|cell) (?:of|for) "
        rf"{_WHO}",
        rf"(?:what(?:'s| is) )?{_WHO}(?:'s|s'|s) (?P<phone>(?:tele)?phone(?: number)?|number|mobile|cell)",
        r"(?:what(?:'s| is) )?(?P<who>his|her|their) (?P<phone>(?:tele)?phone(?: number)?|number|mobile|"
        r"cell)",
        rf"how (?:can|do) (?:i|we) (?P<phone>call|reach|phone) {_WHO}",
        rf"(?:what(?:'s| is) )?(?:the )?(?P<address>address) (?:of|for) {_WHO}",
        rf"(?:what(?:'s| is) )?{_WHO}(?:'s|s') (?P<address>address)",
        r"(?:what(?:'s| is) )?(?P<who>his|her|their) (?P<address>address)",
        rf"where (?:does|do) {_WHO} (?P<address>live)",
        rf"(?:what(?:'s| is) )?(?:the )?(?P<email>e-?mail(?: address)?) (?:of|for) {_WHO}",
        rf"(?:what(?:'s| is) )?{_WHO}(?:'s|s') (?P<email>e-?mail(?: address)?)",
    ),
    rule(
        "describe somebody",
        _describe,
        rf"who(?:'s| is) (?!on\b|working\b|in\b){_WHO}",
        rf"tell me about {_WHO}",
        rf"what do (?:we|you|i) know about {_WHO}",
        rf"(?:show|open)(?: me)? (?:the )?client {_WHO}",
        r"(?:show|open)(?: me)? (?P<who>C-\d+)",
        rf"look up {_WHO}",
    ),
)

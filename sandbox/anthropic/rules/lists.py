"""Short lists: prices, team, checklists, templates, switches, and the business itself."""

from __future__ import annotations

import re

from sandbox.anthropic.planner.lookups import check
from sandbox.anthropic.planner.records import Record, plain
from sandbox.anthropic.planner.steps import Plan, call, rule, step
from sandbox.anthropic.planner.telling import bullet_list, record_line, spaced
from sandbox.anthropic.planner.turn import Turn
from sandbox.anthropic.planner.words import many

_LISTS = {
    "checklist": ("list_checklists", "checklist"),
    "template": ("list_templates", "template"),
    "pack": ("list_packs", "pack"),
}


def money(record: Record) -> str | None:
    """The price of a record as words, whichever way it is written."""
    written = record.get("price_text", "display", "formatted", "price_display")
    if written is not None:
        return written
    cents = next(
        (
            record.fields[n]
            for n in ("price_cents", "amount_cents", "unit_cents", "cents")
            if n in record.fields
        ),
        None,
    )
    value = record.fields.get("price", record.fields.get("amount"))
    if isinstance(value, dict):
        cents = value.get("cents", value.get("amount_cents", cents))
        value = value.get("display", value.get("text"))
    if isinstance(cents, int):
        currency = record.get("currency") or "USD"
        sign = "$" if currency.upper() == "USD" else f"{currency.upper()} "
        return f"{sign}{cents // 100:,}.{cents % 100:02d}"
    return plain(value)


def _price_line(record: Record) -> str:
    price = money(record)
    unit = record.get("unit", "per")
    words = f": {price}{f' per {unit}' if unit else ''}" if price else ""
    return f"- {record.name}{words} [{record.ref}]"


def _prices(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    what = re.sub(r"^(?:an? |the |our )", "", match.groupdict().get("what") or "", flags=re.IGNORECASE)
    results = yield step(call("list_prices", text=what or None))
    prices = [record for record in check(results[0]).records if record.kind == "price"]
    if what:
        wanted = re.findall(r"[\w']+", what.lower())
        prices = [price for price in prices if all(price.mentions(word.rstrip("s")) for word in wanted)]
    if not prices:
        return f'The price list has nothing called "{what}".' if what else "The price list is empty."
    if len(prices) == 1:
        return f"{_price_line(prices[0]).removeprefix('- ')}."
    lines = [_price_line(price) for price in prices]
    return f"{many(len(prices), 'price')}:\n{bullet_list(lines, results[0].total)}"


def _team(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    results = yield step(call("list_team"))
    team = [record for record in check(results[0]).records if record.kind == "member"]
    if not team:
        return "I see nobody on the team."
    lines = [record_line(member, "role", "phone") for member in team]
    return f"{many(len(team), 'person').replace('persons', 'people')} on the team:\n{bullet_list(lines)}"


def _list(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    tool, noun = _LISTS[match["noun"].lower()]
    results = yield step(call(tool))
    records = check(results[0]).records
    if not records:
        return f"There are no {noun}s yet."
    return (
        f"{many(len(records), noun)}:\n{bullet_list([record_line(record, 'channel') for record in records])}"
    )


def _profile(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    results = yield step(call("business_profile"))
    data = check(results[0]).data
    shown = [
        f"- {name.replace('_', ' ').capitalize()}: {spaced(text)}"
        for name, value in (data.items() if isinstance(data, dict) else ())
        if name not in {"id", "ref"} and (text := plain(value))
    ]
    return (
        f"The business as recorded:\n{bullet_list(shown)}"
        if shown
        else "Nothing is recorded about the business."
    )


RULES = (
    rule(
        "prices",
        _prices,
        r"(?:show |list |what are )?(?:me )?(?:all )?(?:the |our |my )?(?:prices|price list|services and "
        r"prices|rates)",
        r"(?:what(?:'s| is) )?(?:the |our )?(?:price|cost|rate) (?:of|for) (?P<what>.+)",
        r"how much (?:do we charge|does it cost|is|does|do i charge)(?: for)? (?P<what>.+?)(?: "
        r"cost)?",
        r"what do we charge for (?P<what>.+)",
    ),
    rule(
        "team",
        _team,
        r"who(?:'s| is| are)?(?: all)? (?:on|in) (?:the|our|my) team",
        r"(?:show |list )?(?:me )?(?:the |our |my )?(?:team|staff|crew|people|members|technicians)",
        r"who works (?:here|for us|with us)",
    ),
    rule(
        "short list",
        _list,
        r"(?:show |list |what |which )?(?:me )?(?:all )?(?:the |our |my )?(?:message )?(?P<noun>checklist|"
        r"template|pack)s(?: do we have| are there)?",
    ),
    rule(
        "business profile",
        _profile,
        r"(?:show |what(?:'s| is) )?(?:me )?(?:our|my|the) (?:business|company)(?: profile| name| phone| "
        r"address| details| website)*",
        r"what(?:'s| is) our (?:phone(?: number)?|number|address|website|name)",
    ),
)

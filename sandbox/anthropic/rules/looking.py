"""Finding things by words, opening them by ref."""

from __future__ import annotations

import re

from sandbox.anthropic.planner.lookups import check
from sandbox.anthropic.planner.records import plain
from sandbox.anthropic.planner.steps import Plan, call, rule, step
from sandbox.anthropic.planner.telling import bullet_list, record_line
from sandbox.anthropic.planner.turn import Turn
from sandbox.anthropic.planner.words import many

_OPENERS = {
    "T": ("show_thread", "thread"),
    "F": ("show_file", "file"),
    "H": ("show_change", "change"),
}


def _find(turn: Turn, match: re.Match[str]) -> Plan:
    return (yield from found_for(turn, match["what"].strip("\"' ")))


def found_for(turn: Turn, words: str) -> Plan:
    """Search results for these words, in words."""
    del turn
    results = yield step(call("search_records", text=words))
    records = check(results[0]).records
    if not records:
        return f'Nothing found for "{words}".'
    lines = [
        f"- {record.kind}: {record_line(record, 'client_name', 'excerpt', 'snippet').removeprefix('- ')}"
        for record in records
    ]
    return f'{many(len(records), "record")} found for "{words}":\n{bullet_list(lines, results[0].total)}'


def _open(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    ref = match["ref"].upper()
    tool, argument = _OPENERS[ref[0]]
    results = yield step(call(tool, **{argument: ref}))
    records = check(results[0]).records
    main = next((record for record in records if record.ref == ref), None)
    if main is None:
        return f"I see nothing about {ref}."
    facts = [
        f"- {name.replace('_', ' ')}: {text}"
        for name, value in main.fields.items()
        if name not in {"ref", "id"} and not isinstance(value, list) and (text := plain(value))
    ]
    inner = [record_line(record, "body", "text", "at") for record in records if record is not main]
    return f"{main.name} [{ref}]\n{bullet_list(facts + inner)}"


RULES = (
    rule(
        "open by ref",
        _open,
        r"(?:show|open|read)?(?: me)? ?(?:the )?(?:thread |file |change )?(?P<ref>[TFH]-\d+)",
    ),
    rule(
        "find",
        _find,
        r"(?:find|search|look)(?: for)?(?: me)? (?P<what>.+)",
        r"where (?:did we|have we) (?:have|had|do|done|see|seen) (?P<what>.+)",
        r"(?:is there )?anything (?:about|on|with) (?P<what>.+)",
        r"(?:which|what) (?:clients?|jobs?) (?:have|has|had|with) (?P<what>.+)",
    ),
)

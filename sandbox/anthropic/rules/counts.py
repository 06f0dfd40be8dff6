"""How many there are. The number comes from the tool, or is said to be at least what was listed."""

from __future__ import annotations

import re

from sandbox.anthropic.planner.lookups import check
from sandbox.anthropic.planner.steps import Plan, Result, call, rule, step
from sandbox.anthropic.planner.telling import bullet_list, record_line
from sandbox.anthropic.planner.turn import Turn
from sandbox.anthropic.planner.words import many
from sandbox.anthropic.rules.jobs import open_state

_TOOLS = {"client": "list_clients", "customer": "list_clients", "job": "list_jobs", "price": "list_prices"}


def _count(turn: Turn, match: re.Match[str]) -> Plan:
    noun = match["noun"].lower()
    tool = _TOOLS[noun]
    only_open = bool(match.groupdict().get("open")) and noun == "job"
    results = yield step(call(tool, state=open_state(turn) if only_open else None))
    return f"{_number(check(results[0]), 'open job' if only_open else noun)}."


def _number(result: Result, noun: str) -> str:
    kind = noun.rsplit(maxsplit=1)[-1].replace("customer", "client")
    listed = len([record for record in result.records if record.kind == kind])
    if result.total is not None:
        return f"There {'is' if result.total == 1 else 'are'} {many(result.total, noun)}"
    data = result.data
    more = isinstance(data, dict) and any(
        data.get(name) for name in ("next", "more", "has_more", "next_page", "cursor")
    )
    return f"I was shown {many(listed, noun)}" + (", and there are more" if more else "")


def _list(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    noun = match["noun"].lower()
    results = yield step(call(_TOOLS[noun]))
    records = check(results[0]).records
    kind = noun.replace("customer", "client")
    lines = [
        record_line(record, "phone", "city", "client_name", "state")
        for record in records
        if record.kind == kind
    ]
    if not lines:
        return f"There are no {noun}s yet."
    return f"{_number(results[0], noun)}:\n{bullet_list(lines, results[0].total)}"


RULES = (
    rule(
        "count",
        _count,
        r"how many (?P<open>open |active |unfinished )?(?P<noun>client|customer|job|price)s?(?: (?:do we "
        r"have|have we|are there|are open|do i have|have i))?(?: got| now| in all| in total)*",
        r"(?:the )?number of (?P<open>open )?(?P<noun>client|customer|job|price)s",
    ),
    rule(
        "list all", _list, r"(?:show |list )(?:me )?(?:all )?(?:the |our |my )?(?P<noun>client|customer|job)s"
    ),
)

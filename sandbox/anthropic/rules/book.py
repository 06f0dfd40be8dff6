"""All rules in order: the first whose phrasing fits the whole text is followed, narrow ones first."""

from __future__ import annotations

from sandbox.anthropic.planner.steps import Plan, Rule
from sandbox.anthropic.planner.turn import Turn
from sandbox.anthropic.rules import (
    booking,
    clients,
    counts,
    emails,
    files,
    history,
    jobs,
    lists,
    looking,
    messages,
    moving,
    people,
    schedule,
    talk,
    texts,
)

RULES: tuple[Rule, ...] = (
    *talk.RULES,
    *history.RULES,
    *lists.RULES,
    *counts.RULES,
    *jobs.RULES,
    *clients.RULES,
    *emails.RULES,
    *texts.RULES,
    *messages.RULES,
    *files.RULES,
    *moving.RULES,
    *booking.RULES,
    *schedule.RULES,
    *people.RULES,
    *looking.RULES,
)


def plan_for(turn: Turn) -> Plan:
    """The plan of the first rule that fits, or the plan for what nothing fits."""
    for rule in RULES:
        match = rule.match(turn.text)
        if match is not None:
            return rule.plan(turn, match)
    return talk.unknown(turn)

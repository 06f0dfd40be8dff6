"""Performing Claude's tool calls: through the same catalogue and pipeline as everybody's.

A call's own id is its request id: performed again after a crash, it gives its first answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from opsystem.business.asking.models import Proposal, Turn
from opsystem.business.asking.operations import propose
from opsystem.business.nouns import CATALOGUE
from opsystem.kit.errors import Problem
from opsystem.operations import Actor, ApprovalNeeded, Operation, Permission, Query
from opsystem.vault import Vault

MOST_CHARACTERS = 9_000

# Whose answers hold words that people outside have written.
_FROM_OUTSIDE = frozenset({Permission.MESSAGES_READ})
_OUTSIDE_QUERIES = frozenset(
    {
        "client_timeline",
        "list_corrections",
        "list_files",
        "list_history",
        "list_requests",
        "show_acceptance",
        "show_change",
        "show_feed",
        "show_file",
        "show_request",
    }
)
# What search finds is the business's own words, but for these.
_OUTSIDE_KINDS = frozenset({"message", "file"})


@dataclass(frozen=True)
class Performed:
    """What a call gave: the text for Claude, or None while a person decides."""

    text: str | None
    failed: bool = False
    tainted: bool = False
    proposal: str | None = None


def perform_call(vault: Vault, turn: Turn, actor: Actor, call: dict[str, Any]) -> Performed:
    """Perform one tool call, or propose it; every expected problem becomes an answer for Claude."""
    decided = _decided(vault, turn, call["id"])
    if decided is not None:
        return decided
    try:
        entry = CATALOGUE.get(call["name"])
        if not entry.assistant or not isinstance(call["input"], dict):
            return Performed("This tool is not offered.", failed=True)
        if isinstance(entry, Query):
            value = entry.as_json(entry.ask(vault, actor, call["input"]))
            return _answer(value, outside=_is_from_outside(entry, value))
        if not isinstance(entry, Operation):
            raise TypeError("the catalogue holds operations and queries only")
        done = entry.perform(vault, actor, call["input"], request_id=f"turn-{turn.id}-{call['id']}")
        told = {"tell_the_person": done.told} if done.told else {}
        return _answer({"status": "done", "result": entry.as_json(done.value), **told})
    except ApprovalNeeded:
        return _proposed(vault, turn, actor, call)
    except Problem as problem:
        return Performed(json.dumps(problem.as_dict(), ensure_ascii=False), failed=True)


def _is_from_outside(entry: Query[Any], value: Any) -> bool:
    if entry.name == "search_records":
        return any(one["kind"] in _OUTSIDE_KINDS for one in value)
    return entry.permission in _FROM_OUTSIDE or entry.name in _OUTSIDE_QUERIES


def _answer(value: Any, *, outside: bool = False) -> Performed:
    text = json.dumps({"untrusted": True, "answer": value} if outside else value, ensure_ascii=False)
    if len(text) > MOST_CHARACTERS:
        text = f"{text[:MOST_CHARACTERS]}… (cut; ask for less, or for the next page)"
    return Performed(text, tainted=outside)


def _proposed(vault: Vault, turn: Turn, actor: Actor, call: dict[str, Any]) -> Performed:
    given = {
        "turn": turn.id,
        "tool_use_id": call["id"],
        "operation": call["name"],
        "arguments": call["input"],
        "reason": "reads words from outside" if actor.tainted else "leaves the business",
    }
    try:
        done = propose.perform(vault, actor, given, request_id=f"propose-{turn.id}-{call['id']}")
    except Problem as problem:
        return Performed(json.dumps(problem.as_dict(), ensure_ascii=False), failed=True)
    return Performed(None, proposal=done.value.ref)


def _decided(vault: Vault, turn: Turn, tool_use_id: str) -> Performed | None:
    """Return what a person decided about a call that was proposed; None when it never was."""
    with vault.reading() as session:
        proposal = session.scalar(
            select(Proposal).where(Proposal.turn_id == turn.id, Proposal.tool_use_id == tool_use_id)
        )
    if proposal is None:
        return None
    if proposal.state == "pending":
        return Performed(None, proposal=proposal.ref)
    failed = proposal.state in {"rejected", "expired", "failed"}
    return Performed(proposal.result or json.dumps({"status": proposal.state}), failed=failed)

"""What happened: at a client, in the business, and taking it back. And what is waiting for a yes."""

from __future__ import annotations

import re

from sandbox.anthropic.planner.lookups import check, find_client
from sandbox.anthropic.planner.outcomes import closing
from sandbox.anthropic.planner.records import REF, Record
from sandbox.anthropic.planner.steps import Plan, Result, call, rule, step
from sandbox.anthropic.planner.telling import bullet_list, name_of, record_line, when_of
from sandbox.anthropic.planner.turn import Turn
from sandbox.anthropic.planner.words import many


def _timeline(turn: Turn, match: re.Match[str]) -> Plan:
    client = yield from find_client(turn, match["who"])
    results = yield step(call("client_timeline", client=client.ref))
    events = [
        record for record in check(results[0]).records if record.ref != client.ref and record.kind != "member"
    ]
    whose = name_of(client, match["who"])
    if not events:
        return f"Nothing is on record for {whose} yet."
    lines = [_event(record, turn) for record in events]
    return f"What is on record for {whose}, as listed:\n{bullet_list(lines, results[0].total)}"


def _event(record: Record, turn: Turn) -> str:
    text = record.get("at", "starts_at", "created_at", "date", "when")
    when = when_of(Record(record.ref, {"at": text}), turn.facts.zone) if text else None
    line = record_line(record, "text", "body", "status", "state").removeprefix("- ")
    return f"- {f'{when}: ' if when else ''}{record.get('kind') or record.kind}: {line}"


def _changes(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    results = yield step(call("list_history"))
    changes = [record for record in check(results[0]).records if record.kind == "change"]
    if not changes:
        return "No change is on record."
    lines = [record_line(change, "summary", "actor_name", "actor", "by") for change in changes]
    return f"The latest changes:\n{bullet_list(lines, results[0].total)}"


def _undo(turn: Turn, match: re.Match[str]) -> Plan:
    ref = (match.groupdict().get("ref") or "").upper()
    if not REF.fullmatch(ref) and turn.can("undo_last"):
        last = yield step(call("undo_last"))
        return closing(last[0], "undoing the last change", f"Taken back: {_undone_label(last[0])}")
    if not turn.can("undo_change"):
        return (
            "I was not given undo. Open History and press Undo at the change: it takes back exactly that one."
        )
    if not REF.fullmatch(ref):
        listed = yield step(call("list_history"))
        changes = [r for r in check(listed[0]).records if r.kind == "change" and _can_be_undone(r)]
        if not changes:
            return "I see no change that could be taken back."
        ref, label = changes[0].ref, changes[0].name
    else:
        label = ref
    undone = yield step(call("undo_change", change=ref))
    return closing(
        undone[0],
        f"undoing {label}",
        f"Taken back: {label}" if label != ref else f"The change [{ref}] is taken back",
    )


def _can_be_undone(change: Record) -> bool:
    return not any(change.fields.get(name) for name in ("undone_at", "undone_by", "obstacle", "undoes"))


def _undone_label(result: Result) -> str:
    return next((record.name for record in result.records if record.name != record.ref), "the last change")


def _proposals(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    if not turn.can("list_proposals"):
        yield from ()
        return "I was not given the list of approvals. They stand on the Approvals page."
    results = yield step(call("list_proposals"))
    waiting = [record for record in check(results[0]).records if record.kind == "proposal"]
    if not waiting:
        return "Nothing is waiting for approval."
    lines = [record_line(proposal, "summary", "operation", "client", "state") for proposal in waiting]
    return f"{many(len(waiting), 'thing')} waiting for approval:\n{bullet_list(lines, results[0].total)}"


RULES = (
    rule(
        "waiting for approval",
        _proposals,
        r"what(?:'s| is) (?:still )?(?:waiting|pending)(?: for (?:approval|my approval|me|a yes))?",
        r"(?:show |list |are there )?(?:me )?(?:any |the |my )?(?:pending )?(?:approvals|proposals)(?: "
        r"waiting| pending)?",
        r"what do i (?:need|have) to approve",
        r"anything (?:to approve|waiting for (?:approval|me))",
    ),
    rule(
        "undo",
        _undo,
        r"undo(?: the)?(?: last)?(?: change| thing| one| it| that)?",
        r"(?:undo|take back|revert)(?: the)?(?: change)? ?(?P<ref>H-\d+)",
        r"(?:take (?:it|that) back|revert (?:it|that)|undo (?:it|that|what you just did))",
    ),
    rule(
        "latest changes",
        _changes,
        r"(?:what(?:'s| has| was)?|who) changed?(?: recently| today| last| what)*",
        r"(?:show |list )?(?:me )?(?:the )?(?:history|latest changes|recent changes|change log)",
        r"what happened(?: today| recently)?",
    ),
    rule(
        "timeline",
        _timeline,
        r"what (?:did|have|has) (?:we|i|\w+) (?:do|done|did)(?: so far)? (?:for|at|with) (?P<who>.+)",
        r"(?:show |what is )?(?:me )?(?:the )?(?:history|timeline|record) (?:of|for|with) (?P<who>.+)",
        r"what happened (?:at|with|to) (?P<who>.+)",
        r"(?P<who>.+?)(?:'s|s') (?:history|timeline)",
    ),
)

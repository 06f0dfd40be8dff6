"""Jobs and visits by their refs, open jobs, and how things stand."""

from __future__ import annotations

import re

from sandbox.anthropic.planner.lookups import check, find_client, is_for
from sandbox.anthropic.planner.outcomes import closing
from sandbox.anthropic.planner.records import Record
from sandbox.anthropic.planner.steps import Plan, Result, call, rule, step
from sandbox.anthropic.planner.telling import bullet_list, record_line, visit_line
from sandbox.anthropic.planner.turn import Turn
from sandbox.anthropic.planner.words import many

_CLOSED = frozenset(
    {"done", "completed", "complete", "closed", "cancelled", "canceled", "finished", "invoiced", "archived"}
)
# Verb in the user's words -> operation and what it says when done.
_DEEDS = {
    "start": ("start_visit", "is started"),
    "begin": ("start_visit", "is started"),
    "finish": ("finish_visit", "is finished"),
    "end": ("finish_visit", "is finished"),
    "complete": ("complete_job", "is complete"),
    "close": ("complete_job", "is complete"),
}


def open_state(turn: Turn) -> str | None:
    """The word for "open" that `list_jobs` takes, where it takes one."""
    tool = turn.tools.get("list_jobs")
    choices = [str(choice) for choice in tool.choices("state")] if tool is not None else []
    for word in ("open", "active", "current"):
        if not choices or word in choices:
            return word
    return None


def is_open(record: Record) -> bool:
    """Whether a job is still to be done, as far as it says."""
    return (record.get("state", "status") or "").lower() not in _CLOSED


def _open_jobs(turn: Turn, match: re.Match[str]) -> Plan:
    who = match.groupdict().get("who")
    client = (yield from find_client(turn, who)) if who else None
    results = yield step(call("list_jobs", state=open_state(turn), client=client.ref if client else None))
    jobs = [record for record in check(results[0]).records if record.kind == "job" and is_open(record)]
    if client is not None:
        jobs = [job for job in jobs if is_for(job, client, who or "") or not job.related("C")]
    if not jobs:
        return "There are no open jobs."
    total = results[0].total if client is None else None
    lines = [record_line(job, "client_name", "client", "state", "status") for job in jobs]
    return f"{many(max(total or 0, len(jobs)), 'open job')}:\n{bullet_list(lines, total)}"


def _show(turn: Turn, match: re.Match[str]) -> Plan:
    ref = match["ref"].upper()
    tool, argument = ("show_visit", "visit") if ref.startswith("V-") else ("show_job", "job")
    results = yield step(call(tool, **{argument: ref}))
    return _told(check(results[0]), ref, turn)


def _told(result: Result, ref: str, turn: Turn) -> str:
    records = result.records
    main = next((record for record in records if record.ref == ref), None)
    if main is None:
        return f"I see nothing about {ref}."
    state = main.get("state", "status")
    client = main.get("client_name", "client")
    head = f"{main.name if main.name != ref else ref} [{ref}]"
    facts = [f"for {client}" if client else None, f"state: {state}" if state else None, main.get("notes")]
    lines = [f"{head}{', ' if any(facts) else ''}{', '.join(fact for fact in facts if fact)}."]
    if main.kind == "visit":
        lines.append(visit_line(main, turn.facts.zone, with_day=True))
    lines.extend(
        visit_line(record, turn.facts.zone, with_day=True)
        for record in records
        if record.kind == "visit" and record is not main
    )
    return "\n".join(lines)


def _do(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    ref = match["ref"].upper()
    tool, done = _DEEDS[(match["verb"] or "complete").lower()]
    if ref.startswith("J-"):
        tool, done = ("complete_job", "is complete")
    elif tool == "complete_job":
        tool, done = ("finish_visit", "is finished")
    results = yield step(call(tool, **{"job" if ref.startswith("J-") else "visit": ref}))
    return closing(results[0], f"the change of [{ref}]", f"[{ref}] {done}")


RULES = (
    rule(
        "open jobs",
        _open_jobs,
        r"(?:show |list |what are |which are )?(?:me )?(?:all )?(?:the |our |my )?(?:open|unfinished|active|"
        r"current) jobs(?: (?:for|of) (?P<who>.+))?",
        r"(?:what|which) jobs are (?:still )?(?:open|active)",
        r"(?:show |list )?(?:me )?(?:the )?jobs (?:for|of) (?P<who>.+)",
        r"what(?:'s| is) (?:still )?open",
    ),
    rule(
        "job or visit by ref",
        _show,
        r"(?:(?:show|open|what(?:'s| is)|how(?:'s| is))(?: me)? )?(?:the )?(?:status of |state of )?(?:the "
        r")?(?:job |visit )?(?P<ref>[JV]-\d+)(?:'s)?(?: status| state| doing)?",
        r"how far (?:are we |is )?(?:with )?(?:job |visit )?(?P<ref>[JV]-\d+)",
    ),
    rule(
        "start or finish",
        _do,
        r"(?P<verb>start|begin|finish|end|complete|close)(?: the)?(?: job| visit)? (?P<ref>[JV]-\d+)",
        r"(?:mark )?(?:the )?(?:job |visit )?(?P<ref>[JV]-\d+)(?: is| as)? (?:done|(?P<verb>complete)d?|"
        r"finished)",
    ),
)

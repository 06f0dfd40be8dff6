"""What clients wrote."""

from __future__ import annotations

import re

from sandbox.anthropic.planner.lookups import check, find_client, is_for
from sandbox.anthropic.planner.records import Record
from sandbox.anthropic.planner.steps import Plan, Result, call, rule, step
from sandbox.anthropic.planner.telling import bullet_list, name_of, record_line, when_of
from sandbox.anthropic.planner.turn import Turn
from sandbox.anthropic.planner.words import many

_WAITING_FIELDS = ("unanswered", "needs_answer", "unread", "waiting", "awaiting_reply")


def _unanswered(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    tool = turn.tools.get("list_threads")
    wishes: dict[str, object] = {}
    for name in _WAITING_FIELDS:
        if tool is not None and name in tool.properties:
            wishes[name] = True
            break
    else:
        choices = [str(choice) for choice in tool.choices("state")] if tool is not None else []
        wishes["state"] = next((choice for choice in choices if choice in _WAITING_FIELDS), None)
    results = yield step(call("list_threads", **wishes))
    threads = [record for record in check(results[0]).records if record.kind == "thread"]
    if not any(value is not None for value in wishes.values()):
        threads = [thread for thread in threads if _waits(thread)]
    if not threads:
        return "No message is waiting for an answer."
    lines = [
        record_line(thread, "client", "client_name", "last_message", "preview", "snippet", "last")
        for thread in threads
    ]
    return f"{many(len(threads), 'thread')} waiting for an answer:\n{bullet_list(lines, results[0].total)}"


def _waits(thread: Record) -> bool:
    if any(thread.fields.get(name) for name in (*_WAITING_FIELDS, "unread_count")):
        return True
    return (thread.get("last_direction", "direction") or "") in {"in", "inbound"}


def _last_words(turn: Turn, match: re.Match[str]) -> Plan:
    client = yield from find_client(turn, match["who"])
    listed = yield step(call("list_threads", client=client.ref))
    threads = [record for record in check(listed[0]).records if record.kind == "thread"]
    own = [thread for thread in threads if is_for(thread, client, match["who"])]
    whose = name_of(client, match["who"])
    if not own:
        return f"There are no messages with {whose}."
    shown = yield step(call("show_thread", thread=own[0].ref))
    return _last_inbound(check(shown[0]), whose, turn)


def _last_inbound(result: Result, whose: str, turn: Turn) -> str:
    messages = [record for record in result.records if record.kind == "message"]
    inbound = [
        m
        for m in messages
        if (m.get("direction", "from", "way") or "").lower() in {"in", "inbound", "received"}
    ]
    if not inbound:
        return f"Nothing from {whose} is on record{', only what we wrote' if messages else ''}."
    last = max(inbound, key=lambda message: message.get("received_at", "at", "created_at", "sent_at") or "")
    words = last.get("body", "text", "untrusted_text", "preview") or ""
    when = when_of(
        Record(last.ref, {"at": last.get("received_at", "at", "created_at", "sent_at")}), turn.facts.zone
    )
    return f'{whose} wrote{f" on {when}" if when else ""}: "{words[:400]}" [{last.ref}]'


RULES = (
    rule(
        "unanswered messages",
        _unanswered,
        r"(?:show |list |are there |any |do i have |do we have )*(?:me )?(?:any )?(?:the )?(?:unanswered|"
        r"unread|new|open|waiting) (?:messages|texts|threads|emails|mails)",
        r"who (?:is|are) (?:still )?waiting for (?:an answer|a reply|us)",
        r"(?:which|what) (?:messages|texts) (?:are|have)(?: still)? (?:unanswered|unread|waiting|not been "
        r"answered)",
        r"(?:what(?:'s| is) (?:in|new in) )?(?:the |my |our )?inbox",
        r"did any(?:one|body) write(?: to us)?",
    ),
    rule(
        "last message",
        _last_words,
        r"what did (?P<who>.+?) (?:write|say|text|answer|reply)(?: last| to us)*",
        r"(?:what(?:'s| is) |show )?(?:the )?last message (?:from|of|by) (?P<who>.+)",
        r"(?:has|did) (?P<who>.+?) (?:answered|replied|written|answer|reply|write)(?: back| yet)*",
        r"(?:show |open )?(?:me )?(?:the )?(?:messages|thread|texts|conversation) (?:with|from|of) "
        r"(?P<who>.+)",
    ),
)

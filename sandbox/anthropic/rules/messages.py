"""What clients wrote."""

from __future__ import annotations

import re

from sandbox.anthropic.planner.lookups import check, find_client, is_for
from sandbox.anthropic.planner.records import Record
from sandbox.anthropic.planner.steps import Plan, Result, call, rule, step
from sandbox.anthropic.planner.telling import bullet_list, name_of, record_line, when_of
from sandbox.anthropic.planner.tools import Tool
from sandbox.anthropic.planner.turn import Turn
from sandbox.anthropic.planner.words import many, split_title
from sandbox.anthropic.planner.words import own as own_name

_WAITING_FIELDS = ("unanswered", "waiting", "needs_answer", "awaiting_reply", "unread")


def _unanswered(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    wishes = _only_waiting(turn.tools.get("list_threads"))
    results = yield step(call("list_threads", **wishes))
    threads = [record for record in check(results[0]).records if record.kind == "thread"]
    if not wishes:
        threads = [thread for thread in threads if _waits(thread)]
    if not threads:
        return "No message is waiting for an answer."
    lines = [_thread_line(thread) for thread in threads]
    return f"{many(len(threads), 'thread')} waiting for an answer:\n{bullet_list(lines, results[0].total)}"


def _thread_line(thread: Record) -> str:
    """Who it is with, and how the last message begins."""
    last = thread.fields.get("last")
    words = last.get("body") if isinstance(last, dict) else thread.get("last_message", "preview", "snippet")
    line = record_line(thread, "client_name", "client", "address")
    return f'{line}: "{str(words)[:80]}"' if words else line


def _only_waiting(tool: Tool | None) -> dict[str, object]:
    """The argument by which the tool lists only what waits, where it has one."""
    if tool is None:
        return {}
    for name in _WAITING_FIELDS:
        if name in tool.properties:
            return {name: True}
    for name in ("filter", "state"):
        found = [choice for choice in _WAITING_FIELDS if choice in tool.choices(name)]
        if found:
            return {name: found[0]}
    return {}


def _waits(thread: Record) -> bool:
    if any(thread.fields.get(name) for name in (*_WAITING_FIELDS, "unread_count")):
        return True
    return (thread.get("last_direction", "direction") or "") in {"in", "inbound"}


def _last_words(turn: Turn, match: re.Match[str]) -> Plan:
    client = yield from find_client(turn, match["who"])
    name = client.name if client.name != client.ref else match["who"]
    listed = yield step(call("list_threads", client=client.ref, text=_search_words(turn, name)))
    threads = [record for record in check(listed[0]).records if record.kind == "thread"]
    own = [thread for thread in threads if is_for(thread, client, match["who"])]
    whose = name_of(client, match["who"])
    if not own:
        return f"There are no messages with {whose}."
    shown = yield step(call("show_thread", thread=own[0].ref))
    return _last_inbound(check(shown[0]), whose, turn)


def _search_words(turn: Turn, name: str) -> str | None:
    """The name to look for, where threads cannot be asked for by client."""
    tool = turn.tools.get("list_threads")
    return None if tool is None or "client" in tool.properties else split_title(own_name(name))[1]


def _last_inbound(result: Result, whose: str, turn: Turn) -> str:
    messages = [record for record in result.records if record.kind == "message"]
    inbound = [message for message in messages if _came_in(message)]
    if not inbound:
        return f"Nothing from {whose} is on record{', only what we wrote' if messages else ''}."
    last = max(inbound, key=lambda message: message.get("received_at", "at", "created_at", "sent_at") or "")
    words = last.get("body", "text", "untrusted_text", "preview") or ""
    when = when_of(
        Record(last.ref, {"at": last.get("received_at", "at", "created_at", "sent_at")}), turn.facts.zone
    )
    return f'{whose} wrote{f" on {when}" if when else ""}: "{words[:400]}" [{last.ref}]'


def _came_in(message: Record) -> bool:
    if isinstance(message.fields.get("inbound"), bool):
        return bool(message.fields["inbound"])
    return (message.get("direction", "way") or "").lower() in {"in", "inbound", "received"}


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

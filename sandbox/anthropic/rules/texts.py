"""Texting a client: looked up, drafted and proposed; a person decides before anything leaves."""

from __future__ import annotations

import re

from sandbox.anthropic.planner.dates import Span
from sandbox.anthropic.planner.drafting import Draft, draft, greeting, text_body
from sandbox.anthropic.planner.lookups import find_client, is_for, visits_between, visits_in
from sandbox.anthropic.planner.outcomes import closing
from sandbox.anthropic.planner.records import REF, Record
from sandbox.anthropic.planner.steps import Plan, Result, call, rule, step
from sandbox.anthropic.planner.telling import phone_of
from sandbox.anthropic.planner.turn import Turn
from sandbox.anthropic.planner.words import own, split_title
from sandbox.anthropic.rules.people import whole


def _text(turn: Turn, match: re.Match[str]) -> Plan:
    groups = match.groupdict()
    if groups.get("ask"):
        words = f"ask {groups['ask']}"
    elif groups.get("remind"):
        words = f"remind her {groups['remind']}"
    else:
        words = match["words"]
    return (yield from _send(turn, match["who"], draft(words, turn.today)))


def _on_my_way(turn: Turn, match: re.Match[str]) -> Plan:
    who = match.groupdict().get("by") or "we"
    told = draft(f"that {who} on the way {match.groupdict().get('rest') or ''}".strip(), turn.today)
    return (yield from _send(turn, match["who"], told))


def _what_to_say(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    yield from ()
    who = match["who"]
    return f"What should the text to {who} say? For instance: text {who} that we come tomorrow at 9."


def _send(turn: Turn, who: str, told: Draft) -> Plan:
    found = yield from find_client(turn, who)
    span = told.span or Span(turn.today, turn.today, "today")
    wishes = [call("show_client", client=found.ref)]
    if turn.can("list_visits"):
        wishes.append(visits_between(turn, span, client=found.ref))
    if turn.facts.business is None and turn.can("business_profile") and not told.verbatim:
        wishes.append(call("business_profile"))
    results = yield step(
        *wishes, text=f"I found {found.name} [{found.ref}]." if found.name != found.ref else ""
    )
    client = whole(results[0].records, found)
    by_tool = {wish.tool: result for wish, result in zip(wishes, results, strict=True)}
    about = _about(by_tool.get("list_visits"), client, who, span, turn)
    title, said = split_title(own(who))
    by_name = (
        said
        if not REF.fullmatch(said.upper()) and said.lower() not in {"her", "him", "them"}
        else client.name
    )
    business = turn.facts.business or _business(by_tool.get("business_profile"))
    body = text_body(
        told, greeting(title, by_name, client.name if client.name != client.ref else None), business
    )
    sent = yield step(
        call("send_text", client=client.ref, body=body, about=about), text=_before(client, about, told, turn)
    )
    thing = f"the text to {f'{title} {said}' if title else client.name}"
    return closing(sent[0], thing, f"{thing[0].upper()}{thing[1:]} is sent")


def _about(result: Result | None, client: Record, who: str, span: Span, turn: Turn) -> str | None:
    """The visit the text speaks of: the client's only, or first, within those days."""
    if result is None or result.is_error:
        return None
    _, name = split_title(own(who))
    visits = [v for v in visits_in(result, span, turn.facts.zone) if is_for(v, client, name)]
    return visits[0].ref if visits else None


def _business(result: Result | None) -> str | None:
    if result is None or result.is_error:
        return None
    return result.field("name", "business_name", "business")


def _before(client: Record, about: str | None, told: Draft, turn: Turn) -> str:
    if phone_of(client) is None and len(client.fields) > 2:
        return f"I see no phone number for {client.name} [{client.ref}]; the text may not be possible."
    if about is not None:
        return f"Here is the text, about the visit [{about}]."
    if told.span is not None and turn.can("list_visits"):
        return f"I found no visit to {client.name} {told.span.label}, so the text is not tied to one."
    return "Here is the text."


_STOP = r"(?!that\b|to\b|saying\b|say\b|and\b|about\b|we\b|i\b|i'm\b|we're\b|if\b|whether\b)"
_WHO = rf"(?P<who>C-\d+|{_STOP}[\w'.&-]+(?: {_STOP}[\w'.&-]+){{0,4}})"
_TEXT = r"(?:text|sms|message|send(?: a)?(?: text| message| sms)? to|write(?: a text)? to|write)"

RULES = (
    rule(
        "on the way",
        _on_my_way,
        rf"(?:tell|let|text|message|send) {_WHO} (?:know )?(?:that )?(?P<by>i'?m|we'?re|i am|we are|[A-Z]\w+ "
        rf"is|[A-Z]\w+'s) on (?:my|our|the|his|her) way(?P<rest>.*)",
        rf"(?:send|text) {_WHO} (?:an? |the )?on[- ](?:my|the|our)[- ]way(?: text| message)?(?P<rest>)",
        rf"(?:send )?(?:an? |the )?on[- ](?:my|the|our)[- ]way (?:text|message)? ?(?:to|for) "
        rf"{_WHO}(?P<rest>)",
    ),
    rule(
        "text a client",
        _text,
        rf"{_TEXT} {_WHO}(?: saying| to say|:| -)? ?(?P<words>[\"'].+[\"'])",
        rf"{_TEXT} {_WHO}(?:,? (?:saying|to say|to tell (?:her|him|them))(?: that)?|:| -) (?P<words>.+)",
        rf"{_TEXT} {_WHO},? (?P<words>(?:that|to ask|and|to remind|to thank|about|if|whether|we|i|i'm|we're|"
        rf"to let) .+)",
        rf"(?:tell|let) {_WHO} (?:know )?(?P<words>(?:that|we|i|i'm|we're) .+)",
        rf"remind {_WHO} (?P<remind>(?:about|of|that|to) .+)",
        rf"ask {_WHO} (?P<ask>(?:about|for|if|whether|to|when|what|where|which) .+)",
    ),
    rule("text without words", _what_to_say, rf"(?:text|sms|message|send a text to) {_WHO}"),
)

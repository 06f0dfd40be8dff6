"""The user's last words, and everything around them that a plan may look at."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from sandbox.anthropic.planner.facts import Facts, read_facts
from sandbox.anthropic.planner.records import refs_in
from sandbox.anthropic.planner.steps import Answer, Result
from sandbox.anthropic.planner.tools import Tool, offered
from sandbox.anthropic.planner.words import tidy
from sandbox.anthropic.request.blocks import Text, ToolResult, ToolUse
from sandbox.anthropic.request.body import AssistantMessage, Body, Message, SystemMessage, UserMessage

SANDBOX_LINE = "(Sandbox answering by written rules, not Claude.)"
WHICH_ONE = "Which one do you mean?"
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
# What a client that cannot send `system` turns puts before the user's words instead.
_BRACKETED = re.compile(r"^(?:\s*\[[^\]\n]{4,}\]\s*\n)+")


@dataclass(frozen=True)
class Exchange:
    """Calls that were made together in this turn, and what came back."""

    calls: tuple[ToolUse, ...]
    results: tuple[Result, ...]


@dataclass(frozen=True)
class Turn:
    """One turn of the conversation, as far as it has come."""

    text: str
    facts: Facts
    tools: dict[str, Tool]
    done: tuple[Exchange, ...] = ()
    mentioned: tuple[str, ...] = ()  # refs said before, the latest first
    chosen: str | None = None  # the ref picked after the question which one was meant
    introduced: bool = False  # whether the sandbox has already said what it is
    words: str = field(default="")  # as typed

    def can(self, tool: str) -> bool:
        """Whether this tool was offered."""
        return tool in self.tools

    @property
    def today(self) -> dt.date:
        """The business's day. Without one the plan ends: a date is not guessed."""
        if self.facts.today is None:
            raise Answer("I was not told what day it is, so I cannot work out dates here.")
        return self.facts.today

    def moment(self, day: dt.date, time: dt.time) -> dt.datetime:
        """A time in the business's zone."""
        return dt.datetime.combine(day, time, self.facts.zone)

    def last_mentioned(self, letter: str) -> str | None:
        """The ref of this kind that was talked of last, or that is on the screen."""
        refs = (*self.mentioned, *self.facts.screen)
        return next((ref for ref in refs if ref.startswith(f"{letter}-")), None)


def read_turn(body: Body) -> Turn:
    """Read the newest turn out of a request."""
    starts = [index for index, message in enumerate(body.messages) if _human_words(message) is not None]
    start = starts[-1] if starts else 0
    before, now = body.messages[:start], body.messages[start:]
    situation, words = _split(_human_words(body.messages[start]) or "")
    words, chosen = _resolve_choice(body, starts, words)
    system = "\n".join(block.text for block in body.system_blocks)
    notes = [_text_of(m) for m in (*before, *_opening(now)) if isinstance(m, SystemMessage)]
    if situation:
        notes.append(situation)
    said = [_text_of(message) for message in body.messages if isinstance(message, AssistantMessage)]
    none_allowed = body.tool_choice is not None and body.tool_choice.type == "none"
    return Turn(
        text=tidy(words),
        words=words,
        facts=read_facts(system, notes),
        tools={} if none_allowed else offered(body.tools),
        done=tuple(_exchanges(now)),
        mentioned=_mentioned(before),
        chosen=chosen,
        introduced=any(SANDBOX_LINE in text for text in said),
    )


def _human_words(message: Message) -> str | None:
    """What a person typed in this message; None where it only carries tool results."""
    if not isinstance(message, UserMessage):
        return None
    texts = [block.text for block in message.content if isinstance(block, Text)]
    only_results = any(isinstance(block, ToolResult) for block in message.content) and not texts
    return None if only_results else "\n".join(texts)


def _split(words: str) -> tuple[str, str]:
    """Bracketed lines about the situation, and what the person typed after them."""
    found = _BRACKETED.match(words)
    end = 0 if found is None else found.end()
    return words[:end], words[end:].strip()


def _text_of(message: Message) -> str:
    return "\n".join(block.text for block in message.content if isinstance(block, Text))


def _opening(messages: list[Message]) -> list[Message]:
    """The turn up to the model's first answer: later notes do not change what a plan began with."""
    opening: list[Message] = []
    for message in messages:
        if isinstance(message, AssistantMessage):
            break
        opening.append(message)
    return opening


def _exchanges(messages: list[Message]) -> list[Exchange]:
    done: list[Exchange] = []
    calls: tuple[ToolUse, ...] = ()
    for message in messages:
        if isinstance(message, AssistantMessage):
            calls = tuple(block for block in message.content if isinstance(block, ToolUse))
        elif isinstance(message, UserMessage) and calls:
            answers = {
                b.tool_use_id: Result(b.text, b.is_error)
                for b in message.content
                if isinstance(b, ToolResult)
            }
            done.append(Exchange(calls, tuple(answers[used.id] for used in calls)))
            calls = ()
    return done


def _mentioned(messages: list[Message]) -> tuple[str, ...]:
    refs: list[str] = []
    for message in reversed(messages):
        if isinstance(message, AssistantMessage):
            refs.extend(refs_in(_text_of(message)))
        elif isinstance(message, UserMessage):
            refs.extend(refs_in(_human_words(message) or ""))
    return tuple(dict.fromkeys(refs))


def _resolve_choice(body: Body, starts: list[int], words: str) -> tuple[str, str | None]:
    """An answer to "Which one do you mean?" stands for the question before it, with one ref chosen."""
    if len(starts) < 2:
        return words, None
    between = [m for m in body.messages[starts[-2] : starts[-1]] if isinstance(m, AssistantMessage)]
    asked = _text_of(between[-1]) if between else ""
    if WHICH_ONE not in asked:
        return words, None
    offers = re.findall(r"^- (.*?)\[([A-Z]{1,2}-\d+)\]", asked, re.MULTILINE)
    picked = _pick(offers, words)
    if picked is None:
        return words, None
    return _split(_human_words(body.messages[starts[-2]]) or "")[1], picked


def _pick(offers: list[tuple[str, str]], words: str) -> str | None:
    said = tidy(words).lower()
    for ref in refs_in(words.upper()):
        if ref in {offer[1] for offer in offers}:
            return ref
    for ordinal, index in _ORDINALS.items():
        if re.search(rf"\b{ordinal}\b", said) and len(offers) > index:
            return offers[index][1]
    if said.isdigit() and 1 <= int(said) <= len(offers):
        return offers[int(said) - 1][1]
    wanted = [
        word
        for word in re.findall(r"[\w']+", said)
        if word not in {"the", "one", "in", "on", "at", "mrs", "mr", "ms"}
    ]
    fitting = [ref for name, ref in offers if wanted and all(word in name.lower() for word in wanted)]
    return fitting[0] if len(fitting) == 1 else None

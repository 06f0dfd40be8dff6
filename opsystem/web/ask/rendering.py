"""A conversation as the page shows it: questions, answers, tool lines and approval cards in order.

Claude's words are Markdown from outside: rendered without HTML, cleaned, and without links or
pictures but those to our own records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from opsystem.business.asking.queries import show_proposal
from opsystem.business.asking.records import EventRow, TurnRow
from opsystem.kit.refs import KINDS
from opsystem.web.approvals.cards import card_of
from opsystem.web.door import Door

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable(["image", "autolink", "link"])
_TAGS = {
    "p",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "code",
    "pre",
    "blockquote",
    "br",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
}
_REF = re.compile(r"\[([A-Z])-([1-9][0-9]{0,17})\]")
_PAGES = {
    "client": "clients:show",
    "job": "jobs:show",
    "visit": "jobs:visit",
    "thread": "inbox:show",
    "file": "files:show",
}
BUSY = ("queued", "running")


@dataclass
class Part:
    """One part of an answer: words, a tool line, a card or a notice."""

    kind: str
    html: Markup = field(default_factory=Markup)
    label: str = ""
    icon: str = ""
    state: str = ""
    summary: str = ""
    card: dict[str, Any] | None = None


@dataclass(frozen=True)
class Shown:
    """A turn as it is shown."""

    turn: TurnRow
    parts: list[Part]
    is_busy: bool


def rendered(door: Door, text: str) -> Markup:
    """Return Claude's words as safe HTML; references lead to our own pages, everything else is text."""
    clean = nh3.clean(_MARKDOWN.render(text), tags=_TAGS, attributes={})
    return Markup(_REF.sub(lambda match: _link(door, match[1], match[2]), clean))  # noqa: S704 - cleaned above


def _link(door: Door, letter: str, number: str) -> str:
    route = _PAGES.get(KINDS.get(letter, ""))
    ref = f"{letter}-{number}"
    return f'<a class="cite" href="{door.url(route, int(number))}">{ref}</a>' if route else ref


def shown(door: Door, turns: Iterable[TurnRow]) -> list[Shown]:
    """Return the turns of a conversation as they are shown."""
    return [Shown(turn, _parts(door, turn.events), turn.state in BUSY) for turn in turns]


def _parts(door: Door, events: Iterable[EventRow]) -> list[Part]:
    answer = _Answer(door)
    for event in events:
        answer.take(event)
    return answer.finished()


class _Answer:
    """An answer put together from what the page was shown of it."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._parts: list[Part] = []
        self._tools: dict[str, Part] = {}
        self._unfinished: list[str] = []

    def take(self, event: EventRow) -> None:
        """Take the next event."""
        told = event.payload
        if event.name.startswith(("tool.", "approval")):
            self._take_tool(event.name, told)
        elif event.name == "text.delta":
            self._unfinished.append(told["text"])
        elif event.name == "text":
            self._unfinished.clear()
            self._parts.append(Part("words", rendered(self._door, told["text"])))
        elif event.name == "notice":
            self._parts.append(Part("notice", label=told["text"]))
        elif event.name == "turn.end" and told.get("problem"):
            self._parts.append(Part("problem", label=told["problem"]))

    def _take_tool(self, name: str, told: dict[str, Any]) -> None:
        part = self._tools.get(told["key"])
        if part is None:
            part = self._tools[told["key"]] = Part(
                "tool", label=told.get("label", ""), icon=told.get("icon", "")
            )
            self._parts.append(part)
        if name == "tool.start":
            part.state = "running"
        elif name == "tool.done":
            part.state, part.summary = ("failed" if told.get("failed") else "done"), told["summary"]
        else:
            row = self._door.ask(show_proposal, proposal=told["proposal"])
            part.kind, part.card = "card", card_of(self._door, row)

    def finished(self) -> list[Part]:
        """Return the parts; words of an answer that still comes are the last one."""
        if self._unfinished:
            self._parts.append(Part("words", rendered(self._door, "".join(self._unfinished))))
        return self._parts

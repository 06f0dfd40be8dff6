"""What rules are made of: calls, steps, results, and the answer that ends a plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.anthropic.planner.records import Record, parse, records_in

if TYPE_CHECKING:
    from sandbox.anthropic.planner.turn import Turn


@dataclass(frozen=True)
class Call:
    """A tool and the arguments a rule would like to give; the tool's schema decides how they are given."""

    tool: str
    arguments: dict[str, Any]


def call(tool: str, **arguments: Any) -> Call:
    """A call, written as one."""
    return Call(tool, arguments)


@dataclass(frozen=True)
class Step:
    """Calls that are made together, and words said before them."""

    calls: tuple[Call, ...]
    text: str = ""


def step(*calls: Call, text: str = "") -> Step:
    """A step, written as one."""
    return Step(calls, text)


@dataclass(frozen=True)
class Result:
    """What a tool said."""

    text: str
    is_error: bool = False

    @property
    def data(self) -> Any:
        """The JSON of the result; None where it is none."""
        return parse(self.text)

    @property
    def records(self) -> list[Record]:
        """The records of the result, in order."""
        return records_in(self.text)

    def field(self, *names: str) -> str | None:
        """A plain value at the top of the result."""
        data = self.data
        if isinstance(data, dict):
            for name in names:
                value = data.get(name)
                if isinstance(value, str | int | float) and not isinstance(value, bool):
                    return str(value)
        return None

    @property
    def total(self) -> int | None:
        """How many there are in all, where the tool says so."""
        text = self.field("total", "count", "total_count")
        return int(text) if text is not None and text.isdigit() else None


class Answer(Exception):
    """Ends a plan from within: the words to say."""


Plan = Generator[Step, list[Result], str]


@dataclass(frozen=True)
class Rule:
    """One intent: the phrasings it understands and its plan."""

    name: str
    patterns: tuple[re.Pattern[str], ...]
    plan: Callable[[Turn, re.Match[str]], Plan]

    def match(self, text: str) -> re.Match[str] | None:
        """The first phrasing that fits the whole text."""
        for pattern in self.patterns:
            found = pattern.fullmatch(text)
            if found is not None:
                return found
        return None


def rule(name: str, plan: Callable[[Turn, re.Match[str]], Plan], *phrasings: str) -> Rule:
    """A rule, written as one. Phrasings are regular expressions for the whole text, in any case."""
    return Rule(name, tuple(re.compile(phrasing, re.IGNORECASE) for phrasing in phrasings), plan)

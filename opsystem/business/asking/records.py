"""What is told about conversations with Claude and its proposals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Asked:
    """A question waits to be answered: turn `turn` of conversation `conversation` (Y-3)."""

    conversation: str
    id: int
    turn: int


@dataclass(frozen=True)
class EventRow:
    """One thing the page is shown of a turn; `id` grows and is the place to go on from."""

    id: int
    turn: int
    at: datetime
    name: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class EventsAfter:
    """Events after a place, and whether a turn is still being answered (so that more will come)."""

    events: list[EventRow]
    busy: bool


@dataclass(frozen=True)
class TurnRow:
    """One question with what was shown of its answer. `stopping` while it is asked to stop."""

    id: int
    question: str
    screen: str | None
    state: str
    problem: str | None
    stopping: bool
    created_at: datetime
    ended_at: datetime | None
    events: list[EventRow]


@dataclass(frozen=True)
class ConversationRow:
    """One talk: its title, its newest turn's state, and how many proposals wait in it."""

    ref: str
    id: int
    title: str
    created_at: datetime
    last_at: datetime
    state: str | None
    waiting: int


@dataclass(frozen=True)
class ConversationDetail:
    """A talk with its turns, oldest first, and the place of its newest event."""

    conversation: ConversationRow
    turns: list[TurnRow]
    last_event: int


@dataclass(frozen=True)
class ProposalField:
    """One argument of a proposed act: its value, and how it is shown (`Ana Ruiz (C-12)` for C-12).

    `kind` is long (several lines), text, number, yes_no, list or reference: how it is edited.
    """

    name: str
    label: str
    value: Any
    shown: str
    kind: str
    max_length: int | None


@dataclass(frozen=True)
class ProposalRow:
    """Something Claude wants to do. `arguments_hash` binds the decision to exactly these arguments.

    `state`: pending, approved, edited, rejected, expired, failed. `tainted`: words from outside were
    read in this turn. `may_decide`: whether the one who looks may approve or reject it.
    """

    ref: str
    id: int
    conversation: str
    turn: int
    operation: str
    label: str
    effect: str
    reason: str
    client: str | None
    client_name: str | None
    fields: list[ProposalField]
    arguments: dict[str, Any]
    arguments_hash: str
    tainted: bool
    asked_by: str
    state: str
    may_decide: bool
    created_at: datetime
    expires_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    rejection: str | None
    result: dict[str, Any] | None


@dataclass(frozen=True)
class Proposed:
    """A proposal waits for a person. `state` is not pending when it was proposed and decided before."""

    ref: str
    id: int
    state: str
    arguments_hash: str


@dataclass(frozen=True)
class Decided:
    """A proposal was decided: what became of it, and the outcome that Claude is told.

    `state` failed means: approved, but it could not be done (`problem` says why); nothing was changed.
    """

    ref: str
    id: int
    state: str
    problem: str | None
    result: dict[str, Any] | None

"""Claude at work for somebody: a question, and what it proposes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from opsystem.business.asking.models import Turn
from opsystem.business.asking.operations import ask, propose
from opsystem.business.asking.records import Proposed
from opsystem.operations import Actor
from opsystem.vault import Vault


def asked(vault: Vault, person: Actor, question: str = "Text Maria") -> int:
    """Return the turn of a new question."""
    return ask.perform(vault, person, {"question": question}).value.turn


def proposed(
    vault: Vault,
    person: Actor,
    operation: str,
    arguments: dict[str, Any],
    *,
    turn: int = 0,
    use: str = "toolu_1",
) -> Proposed:
    """Return what Claude proposes in a turn of this person (a new one when none is given)."""
    number = turn or asked(vault, person)
    given = {"turn": number, "tool_use_id": use, "operation": operation, "arguments": arguments}
    return propose.perform(vault, person.assistant(number), given).value


def due(vault: Vault, turn: int) -> bool:
    """Tell whether a turn waits for the worker."""
    with vault.reading() as session:
        return session.scalar(select(Turn.due_at).where(Turn.id == turn)) is not None


def parked(vault: Vault, turn: int) -> None:
    """Let a turn wait for a person, as the worker does after proposing."""
    with vault.mechanics() as session:
        row = session.get_one(Turn, turn)
        row.state, row.due_at = "waiting", None

"""The transcript of a conversation, exactly as on the wire: appended to, never changed.

It is also where a turn stands: the last block says what comes next, so that a worker that died
is followed by one that goes on from there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from opsystem.business.asking.models import Block, Turn
from opsystem.vault import Vault

Content = list[dict[str, Any]]


@dataclass(frozen=True)
class Said:
    """One message of the transcript."""

    role: str
    content: Content

    @property
    def calls(self) -> Content:
        """The tool calls in it."""
        return [block for block in self.content if block["type"] == "tool_use"]


def of_turn(vault: Vault, turn_id: int) -> list[Said]:
    """Return what was said in a turn so far."""
    with vault.reading() as session:
        rows = session.scalars(select(Block).where(Block.turn_id == turn_id).order_by(Block.number))
        return [Said(row.role, json.loads(row.content)) for row in rows]


def heard_outsiders(session: Session, turn: Turn, most_turns: int) -> bool:
    """Tell whether words from outside stand in the earlier turns that are told again with this one."""
    heard = select(Turn.tainted).where(Turn.id.in_(_earlier(turn, most_turns)), Turn.tainted.is_(True))
    return session.scalar(heard.limit(1)) is not None


def _earlier(turn: Turn, most_turns: int) -> Select[int]:
    return (
        select(Turn.id)
        .where(Turn.conversation_id == turn.conversation_id, Turn.id < turn.id, Turn.state == "done")
        .order_by(Turn.id.desc())
        .limit(most_turns)
    )


def of_conversation(vault: Vault, turn: Turn, most_turns: int) -> list[dict[str, Any]]:
    """Return the messages to ask on with: this turn, after the last finished turns before it.

    Turns that failed or were stopped are left out: they may lack the answers to tool calls.
    """
    with vault.reading() as session:
        earlier = session.scalars(_earlier(turn, most_turns)).all()
        rows = session.scalars(
            select(Block).where(Block.turn_id.in_([*earlier, turn.id])).order_by(Block.turn_id, Block.number)
        )
        return [
            {"role": row.role, "content": _replayed(json.loads(row.content), now=row.turn_id == turn.id)}
            for row in rows
        ]


def _replayed(content: Content, *, now: bool) -> Content:
    """Return a message as it is sent again.

    Thinking is bound to everything before it (the vendor refuses it after any change), so that of
    earlier turns is left out; their window moves.
    """
    return content if now else [block for block in content if "thinking" not in block["type"]]


class Overtaken(Exception):
    """Another worker has gone on with the turn meanwhile."""


def append(session: Session, turn_id: int, role: str, content: Content, *, after: int) -> None:
    """Add one message to a turn that had `after` messages when this one was begun. Raises Overtaken."""
    made = session.scalar(select(func.count()).where(Block.turn_id == turn_id)) or 0
    if made != after:
        raise Overtaken
    session.add(
        Block(turn_id=turn_id, number=made + 1, role=role, content=json.dumps(content, ensure_ascii=False))
    )

"""What a person does in the talk with Claude: ask, stop."""

from __future__ import annotations

import json
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.asking.models import Conversation, Event, Proposal, Turn
from opsystem.business.asking.persons import own_conversation, person
from opsystem.business.asking.records import Asked
from opsystem.business.references import ConversationRef
from opsystem.kit.errors import Conflict, NotFound
from opsystem.kit.refs import Reference
from opsystem.operations import Effect, Permission, Work, operation

Question = Annotated[str, Field(min_length=1, max_length=8000, description="What is asked, in plain words.")]
_TITLE = 60
_OVER = frozenset({"done", "failed", "stopped"})


@operation(
    permission=Permission.ASSISTANT_USE,
    effect=Effect.DRAFT,
    label="Ask Claude",
    assistant=False,
    switch="assistant",
)
def ask(
    work: Work,
    *,
    question: Question,
    conversation: ConversationRef | None = None,
    screen: Reference | None = None,
) -> Asked:
    """Ask Claude, in a new conversation or going on with one. `screen` is the record one looks at."""
    asker = person(work)
    if conversation is not None:
        row = own_conversation(work, conversation)
        row.last_at = work.now
    else:
        row = Conversation(member_id=asker, title=_title(question), created_at=work.now, last_at=work.now)
        work.session.add(row)
        work.session.flush()
    turn = Turn(
        conversation_id=row.id,
        member_id=asker,
        account_id=work.actor.id,
        role=str(work.actor.role),
        question=question,
        screen=screen,
        state="queued",
        due_at=work.now,
        created_at=work.now,
    )
    work.session.add(turn)
    work.session.flush()
    payload = json.dumps({"text": question}, ensure_ascii=False)
    work.session.add(
        Event(conversation_id=row.id, turn_id=turn.id, at=work.now, name="question", payload=payload)
    )
    work.set_alarm("assistant", work.now)
    work.describe("Asked Claude")
    return Asked(row.ref, row.id, turn.id)


@operation(permission=Permission.ASSISTANT_USE, effect=Effect.DRAFT, label="Stop Claude", assistant=False)
def stop_turn(work: Work, *, turn: Annotated[int, Field(ge=1)]) -> None:
    """Stop answering a question: finished text stays, nothing more is done, what waits is rejected."""
    asker = person(work)
    row = work.session.get(Turn, turn)
    if row is None or row.member_id != asker:
        raise NotFound("There is no such question of yours.", code="no_turn")
    if row.state in _OVER:
        raise Conflict("This has ended already.", code="turn_over")
    row.stop_asked_at = row.stop_asked_at or work.now
    row.due_at = work.now
    waiting = select(Proposal).where(Proposal.turn_id == row.id, Proposal.state == "pending")
    for proposal in work.session.scalars(waiting).all():
        proposal.state, proposal.rejection = "rejected", "Stopped."
        proposal.decided_at, proposal.decided_by = work.now, work.actor.name
        proposal.result = json.dumps({"status": "rejected", "reason": "Stopped."})
    work.set_alarm("assistant", work.now)
    work.describe("Stopped Claude")


def _title(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= _TITLE else f"{line[: _TITLE - 1].rstrip()}…"

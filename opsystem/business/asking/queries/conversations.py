"""What may be asked about one's talks with Claude."""

from __future__ import annotations

import json
from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select

from opsystem.business.asking.models import Conversation, Event, Proposal, Turn
from opsystem.business.asking.persons import own_conversation, person
from opsystem.business.asking.records import (
    ConversationDetail,
    ConversationRow,
    EventRow,
    EventsAfter,
    TurnRow,
)
from opsystem.business.references import ConversationRef
from opsystem.operations import Page, Permission, Work, query

PAGE = 30
_MOST_EVENTS = 500
_BUSY = ("queued", "running", "waiting")


@query(permission=Permission.ASSISTANT_USE, label="List conversations", assistant=False)
def list_conversations(work: Work, *, page: Annotated[int, Field(ge=1)] = 1) -> Page[ConversationRow]:
    """List one's own conversations with Claude, newest first."""
    mine = Conversation.member_id == person(work)
    total = work.session.scalar(select(func.count(Conversation.id)).where(mine)) or 0
    newest = (
        select(Conversation)
        .where(mine)
        .order_by(Conversation.last_at.desc(), Conversation.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    rows = _rows(work, list(work.session.scalars(newest).all()))
    return Page(rows=rows, total=total, number=page, size=PAGE)


@query(permission=Permission.ASSISTANT_USE, label="Show conversation", assistant=False)
def show_conversation(work: Work, *, conversation: ConversationRef) -> ConversationDetail:
    """Show one's own conversation: questions, and everything that was shown of the answers."""
    row = own_conversation(work, conversation)
    events: dict[int, list[EventRow]] = {}
    last = 0
    for event in work.session.scalars(
        select(Event).where(Event.conversation_id == row.id).order_by(Event.id)
    ):
        events.setdefault(event.turn_id, []).append(_event(event))
        last = event.id
    turns = work.session.scalars(select(Turn).where(Turn.conversation_id == row.id).order_by(Turn.id)).all()
    return ConversationDetail(
        _rows(work, [row])[0], [_turn(turn, events.get(turn.id, [])) for turn in turns], last
    )


@query(permission=Permission.ASSISTANT_USE, label="Follow conversation", assistant=False)
def events_after(
    work: Work, *, conversation: ConversationRef, after: Annotated[int, Field(ge=0)] = 0
) -> EventsAfter:
    """Return what has been shown in one's own conversation since event `after`, oldest first."""
    row = own_conversation(work, conversation)
    newer = (
        select(Event)
        .where(Event.conversation_id == row.id, Event.id > after)
        .order_by(Event.id)
        .limit(_MOST_EVENTS)
    )
    busy = select(Turn.id).where(Turn.conversation_id == row.id, Turn.state.in_(_BUSY)).limit(1)
    return EventsAfter(
        [_event(event) for event in work.session.scalars(newer)], work.session.scalar(busy) is not None
    )


def _event(event: Event) -> EventRow:
    return EventRow(event.id, event.turn_id, event.at, event.name, json.loads(event.payload))


def _turn(turn: Turn, events: list[EventRow]) -> TurnRow:
    return TurnRow(
        id=turn.id,
        question=turn.question,
        screen=turn.screen,
        state=turn.state,
        problem=turn.problem,
        stopping=turn.stop_asked_at is not None and turn.ended_at is None,
        created_at=turn.created_at,
        ended_at=turn.ended_at,
        events=events,
    )


def _rows(work: Work, conversations: list[Conversation]) -> list[ConversationRow]:
    """Return talks with their newest turn's state and what waits: two questions, however many talks."""
    ids = [row.id for row in conversations]
    newest = select(func.max(Turn.id)).where(Turn.conversation_id.in_(ids)).group_by(Turn.conversation_id)
    states = dict(
        work.session.execute(select(Turn.conversation_id, Turn.state).where(Turn.id.in_(newest))).all()
    )
    waiting = dict(
        work.session.execute(
            select(Proposal.conversation_id, func.count(Proposal.id))
            .where(
                Proposal.conversation_id.in_(ids),
                Proposal.state == "pending",
                Proposal.expires_at > work.now,
            )
            .group_by(Proposal.conversation_id)
        ).all()
    )
    return [
        ConversationRow(
            ref=row.ref,
            id=row.id,
            title=row.title,
            created_at=row.created_at,
            last_at=row.last_at,
            state=states.get(row.id),
            waiting=waiting.get(row.id, 0),
        )
        for row in conversations
    ]

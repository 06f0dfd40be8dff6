"""Claude asks for a decision: the one thing here that Claude itself may do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field
from pydantic_core import to_jsonable_python
from sqlalchemy import select
from sqlalchemy.orm import Session

from opsystem.business.asking.models import Proposal, Turn
from opsystem.business.asking.records import Proposed
from opsystem.business.titles import KINDS
from opsystem.kit.errors import Forbidden, Invalid, NotFound
from opsystem.kit.refs import parse_ref
from opsystem.operations import CATALOGUE, ActorKind, Effect, Operation, Permission, Work, operation

LIFE = timedelta(hours=24)
_MOST_WAITING = 10


@operation(permission=Permission.ASSISTANT_USE, effect=Effect.DRAFT, label="Propose", assistant=False)
def propose(
    work: Work,
    *,
    turn: Annotated[int, Field(ge=1)],
    tool_use_id: Annotated[str, Field(min_length=1, max_length=200)],
    operation: Annotated[str, Field(max_length=80)],
    arguments: dict[str, Any],
    reason: Annotated[str, Field(max_length=1000)] = "",
) -> Proposed:
    """Let a person decide about an act. Raises Invalid when the act itself could not be given so."""
    row = work.session.get(Turn, turn)
    if work.actor.kind is not ActorKind.ASSISTANT or row is None or work.actor.turn_id != turn:
        raise Forbidden("Only Claude proposes, and only in its own turn.", code="assistant_only")
    same = select(Proposal).where(Proposal.turn_id == turn, Proposal.tool_use_id == tool_use_id)
    earlier = work.session.scalars(same).one_or_none()
    if earlier is not None:
        return Proposed(earlier.ref, earlier.id, earlier.state, earlier.arguments_hash)
    declared = proposable(operation)
    if not work.actor.may(declared.permission):
        raise Forbidden(f"Your role does not allow this: {declared.label.lower()}.", code="no_permission")
    waiting = select(Proposal.id).where(Proposal.turn_id == turn, Proposal.state == "pending")
    if len(work.session.scalars(waiting).all()) >= _MOST_WAITING:
        raise Invalid("Enough waits for a decision. Wait for the answers first.", code="too_many_proposals")
    exact = exact_arguments(declared, arguments)
    text = json.dumps(exact, ensure_ascii=False, sort_keys=True)
    proposal = Proposal(
        turn_id=row.id,
        conversation_id=row.conversation_id,
        member_id=row.member_id,
        tool_use_id=tool_use_id,
        operation=declared.name,
        arguments=text,
        arguments_hash=hash_of(declared.name, exact),
        reason=reason,
        client_id=_client_of(work, exact.values()),
        state="pending",
        created_at=work.now,
        expires_at=work.now + LIFE,
    )
    work.session.add(proposal)
    work.session.flush()
    work.set_alarm("assistant", proposal.expires_at)
    work.describe(f"Proposed: {declared.label.lower()}")
    return Proposed(proposal.ref, proposal.id, proposal.state, proposal.arguments_hash)


def next_expiry(session: Session) -> datetime | None:
    """Return when the next proposal that still waits stops being valid, or None."""
    waiting = select(Proposal.expires_at).where(Proposal.state == "pending")
    return session.scalar(waiting.order_by(Proposal.expires_at).limit(1))


def proposable(name: str) -> Operation[Any]:
    """Return the operation of this name when Claude may propose it. Raises NotFound."""
    declared = CATALOGUE.get(name)
    if not isinstance(declared, Operation) or not declared.assistant:
        raise NotFound(f"There is no operation “{name[:60]}”.", code="no_operation")
    return declared


def exact_arguments(declared: Operation[Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return checked arguments as plain data, those that were given only. Raises Invalid."""
    checked = declared.validate(given)
    exact: dict[str, Any] = to_jsonable_python({name: checked[name] for name in given})
    return exact


def hash_of(operation_name: str, arguments: Mapping[str, Any]) -> str:
    """Return the SHA-256 of an act with its arguments: what a decision is bound to."""
    text = json.dumps([operation_name, arguments], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _client_of(work: Work, values: Iterable[Any]) -> int | None:
    """Return the client that the first reference among the arguments leads to."""
    for value in values:
        if not isinstance(value, str):
            continue
        try:
            kind, number = parse_ref(value)
        except Invalid:
            continue
        known = KINDS.get(kind)
        row = work.session.get(known.entity, number) if known is not None else None
        client_id = known.client(work, row) if known is not None and row is not None else None
        if client_id is not None:
            return client_id
    return None

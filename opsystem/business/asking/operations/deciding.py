"""A person decides about a proposal: approve, edit, reject. The person's own rights do it, not Claude's.

A decision names the hash of what was shown; anything else is refused. What cannot be done leaves
the proposal failed, with the reason, and nothing else changed.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select, update

from opsystem.business.asking.models import Proposal, Turn
from opsystem.business.asking.operations.proposing import exact_arguments, hash_of, proposable
from opsystem.business.asking.persons import person, visible_proposal
from opsystem.business.asking.records import Decided
from opsystem.business.conversations.models import Message
from opsystem.business.references import ProposalRef
from opsystem.kit.errors import Conflict, Forbidden, Problem, Unavailable
from opsystem.kit.refs import parse_ref
from opsystem.operations import CATALOGUE, Effect, Operation, Permission, Work, operation

ShownHash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="The hash of what was shown.")]


@operation(permission=Permission.ASSISTANT_USE, effect=Effect.COMMIT, label="Approve", assistant=False)
def approve_proposal(work: Work, *, proposal: ProposalRef, arguments_hash: ShownHash) -> Decided:
    """Do what Claude proposed, exactly as it was shown."""
    row = _pending(work, proposal, arguments_hash)
    arguments: dict[str, Any] = json.loads(row.arguments)
    return _perform(work, row, arguments, edited=False)


@operation(
    permission=Permission.ASSISTANT_USE, effect=Effect.COMMIT, label="Edit and approve", assistant=False
)
def edit_proposal(
    work: Work, *, proposal: ProposalRef, arguments_hash: ShownHash, arguments: dict[str, Any]
) -> Decided:
    """Do what Claude proposed with changed words. `arguments` are all arguments as they shall be.

    Empty text where nothing is needed means nothing, as a form sends it.
    """
    row = _pending(work, proposal, arguments_hash)
    declared = proposable(row.operation)
    needed = {name for name, field in declared.input.model_fields.items() if field.is_required()}
    given = {name: value for name, value in arguments.items() if value != "" or name in needed}
    exact = exact_arguments(declared, given)
    return _perform(work, row, exact, edited=hash_of(row.operation, exact) != row.arguments_hash)


@operation(permission=Permission.ASSISTANT_USE, effect=Effect.DRAFT, label="Reject", assistant=False)
def reject_proposal(
    work: Work,
    *,
    proposal: ProposalRef,
    reason: Annotated[str, Field(max_length=500, description="Why not; Claude is told.")] = "",
) -> Decided:
    """Do not do what Claude proposed."""
    row = _undecided(work, proposal)
    outcome: dict[str, Any] = {"status": "rejected"}
    if reason:
        outcome["reason"] = reason
    row.rejection = reason or None
    _decide(work, row, "rejected", outcome)
    work.describe(f"Rejected: {_label(row).lower()}")
    return Decided(row.ref, row.id, row.state, None, outcome)


@operation(permission=Permission.DELIVER, effect=Effect.DRAFT, label="Expire proposals", assistant=False)
def expire_proposals(work: Work) -> int:
    """Close proposals that nobody decided about in time, so that their turns can end; return how many."""
    late = select(Proposal).where(Proposal.state == "pending", Proposal.expires_at <= work.now)
    rows = work.session.scalars(late).all()
    for row in rows:
        _decide(work, row, "expired", {"status": "expired", "reason": "Nobody decided within 24 hours."})
    work.describe("Closed proposals nobody decided about")
    return len(rows)


def _undecided(work: Work, proposal: str) -> Proposal:
    row = visible_proposal(work, proposal)
    if row.state != "pending":
        raise Conflict(f"This was decided already: {row.state}.", code="already_decided")
    if row.expires_at <= work.now:
        raise Conflict("This waited too long and is no longer valid. Ask Claude again.", code="expired")
    return row


def _pending(work: Work, proposal: str, shown: str) -> Proposal:
    row = _undecided(work, proposal)
    if shown != row.arguments_hash or shown != hash_of(row.operation, json.loads(row.arguments)):
        raise Conflict("This is not what was shown to you. Look at it again.", code="hash_mismatch")
    if not work.actor.may(proposable(row.operation).permission):
        raise Forbidden(f"Your role does not allow this: {_label(row).lower()}.", code="no_permission")
    return row


def _perform(work: Work, row: Proposal, arguments: dict[str, Any], *, edited: bool) -> Decided:
    """Perform the act in a transaction within this one, so that a failing one leaves nothing behind."""
    declared = proposable(row.operation)
    person(work)
    try:
        with work.session.begin_nested():
            value = work.do(declared, **arguments)
            work.session.flush()
    except (Forbidden, Unavailable):
        # Another person, or another moment, may still approve it.
        raise
    except Problem as problem:
        outcome: dict[str, Any] = {"status": "failed", "problem": problem.message, "code": problem.code}
        _decide(work, row, "failed", outcome)
        work.describe(f"Approved, but could not be done: {declared.label.lower()}")
        return Decided(row.ref, row.id, row.state, problem.message, outcome)
    outcome = {"status": "edited" if edited else "done", "result": declared.as_json(value)}
    if edited:
        outcome["arguments"] = arguments
    if declared.effect is Effect.SEND:
        _mark_author(work, value)
    _decide(work, row, "edited" if edited else "approved", outcome)
    done = work.label or declared.label
    work.describe(f"{done} (proposed by Claude)")
    _note_turn(work, row)
    return Decided(row.ref, row.id, row.state, None, outcome)


def _decide(work: Work, row: Proposal, state: str, outcome: dict[str, Any]) -> None:
    """Write the decision down, and wake the turn once nothing of it waits any more."""
    row.state, row.decided_at, row.decided_by = state, work.now, work.actor.name
    row.result = json.dumps(outcome, ensure_ascii=False)
    work.session.flush()
    others = select(Proposal.id).where(Proposal.turn_id == row.turn_id, Proposal.state == "pending").limit(1)
    if work.session.scalar(others) is None:
        turn = work.session.get(Turn, row.turn_id)
        if turn is not None and turn.ended_at is None:
            turn.due_at = work.now
            work.set_alarm("assistant", work.now)


def _mark_author(work: Work, value: Any) -> None:
    """Note on a message that Claude wrote it, though a person sent it."""
    ref = getattr(value, "ref", "")
    if isinstance(ref, str) and ref.startswith("M-"):
        work.get(Message, parse_ref(ref, "message")[1], "message").by_assistant = True


def _note_turn(work: Work, row: Proposal) -> None:
    """Note in the journal that this act came out of a talk with Claude."""
    sets = work.vault.schema.tables.change_set
    work.session.execute(update(sets).where(sets.c.id == work.change_set_id).values(turn_id=row.turn_id))


def _label(row: Proposal) -> str:
    declared = CATALOGUE.get(row.operation)
    return declared.label if isinstance(declared, Operation) else row.operation

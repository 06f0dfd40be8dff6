"""Why an act cannot be undone, as far as can be told before trying, in words for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, select

from opsystem.business.history.origins import first_done
from opsystem.kit.errors import NotFound
from opsystem.operations import CATALOGUE, ActorKind, Permission, Work
from opsystem.vault.journals.seals import SEAL_LENGTH

# Acts about the talk with Claude and about what arrived are facts, not records to take back.
_FACTS = frozenset({"conversation", "proposal"})
# Who may sign in is kept in the control plane too, which an undo does not reach.
_ELSEWHERE = frozenset({"found_business", "add_member", "join_member", "change_role", "remove_member"})
# What a decision did is checked when it is done; to take it back needs no more than having decided.
_DECISIONS = frozenset({"approve_proposal", "edit_proposal", "reject_proposal"})
LEFT = "This has already left the building and cannot be taken back. Send a correction instead."
NOTHING = "There is nothing to undo here."
ERASED = "What was erased is gone for good."
TOO_OLD = "How it was before is no longer kept, so this cannot be undone."
IN_THE_BOOKS = "This stands in the books and stays. Void it, credit it or refund it instead."
TAKEN_BACK = "The message was taken back. Write it again to send it."


def obstacles(work: Work, sets: Sequence[Row[Any]]) -> dict[int, str | None]:
    """Return for each change set why the actor cannot undo it, or None."""
    numbers = [row.id for row in sets]
    tables = work.vault.schema.tables
    outbox, change, set_table = tables.outbox, tables.change, tables.change_set
    states: dict[int, set[str]] = {}
    for number, state in work.session.execute(
        select(outbox.c.change_set_id, outbox.c.state).where(outbox.c.change_set_id.in_(numbers))
    ):
        states.setdefault(number, set()).add(state)
    # One look a change set, not one a row: an import may have made thousands.
    records = select(change.c.id).where(
        change.c.change_set_id == set_table.c.id, change.c.table_name.not_in(_FACTS)
    )
    about_records = set(
        work.session.scalars(
            select(set_table.c.id).where(set_table.c.id.in_(numbers), records.correlate(set_table).exists())
        )
    )
    bare = set(
        work.session.scalars(
            select(change.c.change_set_id).where(
                change.c.change_set_id.in_(numbers), func.length(change.c.seal) < SEAL_LENGTH
            )
        )
    )
    booked = set(
        work.session.scalars(
            select(change.c.change_set_id).where(
                change.c.change_set_id.in_(numbers), change.c.table_name == "ledger_entry"
            )
        )
    )
    none: set[str] = set()
    return {
        row.id: _obstacle(
            work,
            row,
            states.get(row.id, none),
            is_fact=row.id not in about_records,
            is_bare=row.id in bare,
        )
        or (IN_THE_BOOKS if row.id in booked else None)
        for row in sets
    }


def is_own(work: Work, row: Row[Any]) -> bool:
    """Tell whether the actor did this, himself or through Claude or the API."""
    return bool(row.actor_kind in {"person", "assistant", "api"} and row.actor_id == work.actor.id)


def _may_do(work: Work, row: Row[Any]) -> bool:
    """Tell whether the actor may do what was done: an undo must not reach further than its actor."""
    return all(_may_perform(work, name) for name in first_done(work, row))


def _may_perform(work: Work, name: str) -> bool:
    if name in _DECISIONS:
        return True
    try:
        done = CATALOGUE.get(name)
        # What Claude is not offered, such as the switches that restrict it, it does not undo either.
        offered = done.assistant or work.actor.kind is not ActorKind.ASSISTANT
        return offered and work.actor.may(done.permission)
    except NotFound:
        # An operation of an earlier version: only who may undo anything may undo it.
        return work.actor.may(Permission.UNDO_ANY)


def _obstacle(work: Work, row: Row[Any], states: set[str], *, is_fact: bool, is_bare: bool) -> str | None:
    if row.undone_by_id is not None:
        return "This was already undone."
    return _not_by(work, row) or _not_this(row, states, is_fact=is_fact, is_bare=is_bare)


def _not_by(work: Work, row: Row[Any]) -> str | None:
    """Return why this actor cannot undo an act."""
    if row.actor_kind in {"vendor", "system"}:
        return "This came from outside and stays as it is."
    if not work.actor.may(Permission.UNDO_OWN) or not (
        is_own(work, row) or work.actor.may(Permission.UNDO_ANY)
    ):
        return "Your role allows to undo only what you did yourself."
    if not _may_do(work, row):
        return "Your role does not allow what this would change."
    return None


def _not_this(row: Row[Any], states: set[str], *, is_fact: bool, is_bare: bool) -> str | None:
    """Return why nobody can undo an act."""
    if row.operation in _ELSEWHERE:
        return "Rights do not follow an undo. Change it on the Team page instead."
    if CATALOGUE.is_final(row.operation):
        return ERASED
    if states - {"queued", "cancelled"}:
        return LEFT
    if "cancelled" in states or row.operation == "take_back_message":
        return TAKEN_BACK
    if is_fact or row.operation == "mark_read":
        return NOTHING
    return TOO_OLD if is_bare else None

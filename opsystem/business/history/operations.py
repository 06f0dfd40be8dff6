"""Undo: what was done is put back from the journal, through the same pipeline as everything else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select, update

from opsystem.business.asking.models import Proposal
from opsystem.business.conversations.models import Message
from opsystem.business.conversations.operations import take_back_message
from opsystem.business.history.reading import is_visible
from opsystem.business.history.records import Undone
from opsystem.business.history.undoable import LEFT, TAKEN_BACK, is_own, obstacles
from opsystem.business.history.wording import obstacle_in_words
from opsystem.business.references import ChangeRef, number_of
from opsystem.kit.errors import Conflict, Forbidden, NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Work, operation
from opsystem.vault import undo_change_set
from opsystem.vault.journal import Change, changes_of

_UNDID, _AGAIN = "Undid: ", "Did again: "
_SENDING = frozenset({"message", "thread", "proposal"})


@operation(permission=Permission.UNDO_OWN, effect=Effect.COMMIT, label="Undo")
def undo_change(work: Work, *, change: ChangeRef) -> Undone:
    """Undo an act of the history (H-41) as a whole. What has left the building stays."""
    sets = work.vault.schema.tables.change_set
    row = work.session.execute(select(sets).where(sets.c.id == number_of(change))).one_or_none()
    if row is None or not (is_own(work, row) or work.actor.may(Permission.UNDO_ANY)):
        # Who may not undo others' acts is not told about them either.
        raise NotFound("There is no such change of yours.", code="no_change")
    return _undo(work, row)


@operation(permission=Permission.UNDO_OWN, effect=Effect.COMMIT, label="Undo last")
def undo_last(work: Work) -> Undone:
    """Undo the newest act of the person who asks that can be undone."""
    sets = work.vault.schema.tables.change_set
    mine = (
        select(sets)
        .where(
            sets.c.actor_id == work.actor.id,
            sets.c.actor_kind.in_(("person", "assistant", "api")),
            sets.c.undone_by_id.is_(None),
            sets.c.undoes_id.is_(None),
            sets.c.id != work.change_set_id,
        )
        .order_by(sets.c.id.desc())
        .limit(50)
    )
    found = work.session.execute(mine).all()
    blocked = obstacles(work, found)
    for row in found:
        # What has left is said so, not skipped: undoing something older would be a surprise.
        if blocked[row.id] is None or blocked[row.id] == LEFT:
            return _undo(work, row)
    raise NotFound("There is nothing of yours to undo.", code="nothing_to_undo")


def _undo(work: Work, row: Row[Any]) -> Undone:
    obstacle = obstacles(work, [row])[row.id]
    if obstacle is not None:
        raise Conflict(obstacle, code="left_building" if obstacle == LEFT else "cannot_undo")
    if work.change_set_id is None:
        raise RuntimeError("undo needs a change set")
    changes = changes_of(work.session, work.vault.schema, row.id)
    if not all(is_visible(work, change) for change in changes):
        raise Forbidden("This touches records you no longer work on. Ask the office.", code="out_of_scope")
    _refuse_sending_again(work, row)
    sent = [change.row_id for change in changes if change.table == "message" and change.action == "insert"]
    if sent and {change.table for change in changes} <= _SENDING:
        _take_back(work, row, sent)
    else:
        _invert(work, row.id, work.change_set_id)
        work.session.expire_all()
        _close_proposals(work, changes)
    sets = work.vault.schema.tables.change_set
    work.session.execute(update(sets).where(sets.c.id == work.change_set_id).values(undoes_id=row.id))
    what = row.label.removeprefix(_UNDID).removeprefix(_AGAIN)
    work.describe(f"{_AGAIN if row.label.startswith(_UNDID) else _UNDID}{what}")
    return Undone(
        make_ref("change", work.change_set_id), work.change_set_id, make_ref("change", row.id), row.label
    )


def _invert(work: Work, number: int, by: int) -> None:
    try:
        undo_change_set(work.session, work.vault.schema, number, by=by)
    except Conflict as conflict:
        fields = {obstacle_in_words(work, name): why for name, why in conflict.fields.items()}
        raise Conflict(conflict.message, code=conflict.code, fields=fields) from conflict


def _take_back(work: Work, row: Row[Any], messages: list[int]) -> None:
    """Take messages back instead of removing them: the thread goes on showing what was written."""
    for number in messages:
        work.do(take_back_message, message=make_ref("message", work.get(Message, number, "message").id))
    sets = work.vault.schema.tables.change_set
    work.session.execute(update(sets).where(sets.c.id == row.id).values(undone_by_id=work.change_set_id))


def _close_proposals(work: Work, changes: list[Change]) -> None:
    """Keep a proposal whose approval is undone from waiting again: Claude was told its outcome already."""
    for change in changes:
        if change.table == "proposal" and change.action == "update":
            proposal = work.get(Proposal, change.row_id, "proposal")
            if proposal.state == "pending":
                proposal.state, proposal.rejection = "rejected", "Undone after it was approved."
                proposal.decided_at, proposal.decided_by = work.now, work.actor.name
                proposal.result = (change.after or {}).get("result")


def _refuse_sending_again(work: Work, row: Row[Any]) -> None:
    """Raise Conflict when this would bring back a message that undo took back: its sending is over."""
    tables = work.vault.schema.tables
    sets, outbox = tables.change_set, tables.outbox
    earlier = row.undoes_id
    while earlier is not None:
        if (
            work.session.scalar(select(outbox.c.id).where(outbox.c.change_set_id == earlier).limit(1))
            is not None
        ):
            raise Conflict(TAKEN_BACK, code="taken_back")
        earlier = work.session.scalar(select(sets.c.undoes_id).where(sets.c.id == earlier))

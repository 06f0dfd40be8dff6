"""Taking one act back inside an undo: its rows, the messages it queued, the proposal it came from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from opsystem.business.asking.models import Proposal
from opsystem.business.conversations.models import Message
from opsystem.business.conversations.operations import take_back_message
from opsystem.business.history.origins import taken_back_before
from opsystem.business.history.reading import is_visible
from opsystem.business.history.undoable import LEFT, TAKEN_BACK, obstacles
from opsystem.business.history.wording import obstacle_in_words
from opsystem.kit.errors import Conflict, Forbidden
from opsystem.kit.refs import make_ref
from opsystem.operations import Work
from opsystem.vault import undo_change_set
from opsystem.vault.journals.journal import Change, changes_of
from opsystem.vault.journals.undo import note_undone

UNDID, AGAIN = "Undid: ", "Did again: "
_SENDING = frozenset({"message", "thread", "proposal"})


def take_back(work: Work, row: Row[Any], *, rest: bool) -> None:
    """Take an act back. Raises Conflict when it cannot be, and Forbidden for what is out of sight."""
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
        _take_back_messages(work, row, sent, work.change_set_id)
    else:
        _invert(work, row.id, work.change_set_id, rest=rest)
        work.session.expire_all()
        _close_proposals(work, changes)


def _invert(work: Work, number: int, by: int, *, rest: bool) -> None:
    try:
        undo_change_set(work.session, work.vault.schema, number, by=by, rest=rest)
    except Conflict as conflict:
        fields = {obstacle_in_words(work, name): why for name, why in conflict.fields.items()}
        raise Conflict(conflict.message, code=conflict.code, fields=fields) from conflict


def _take_back_messages(work: Work, row: Row[Any], messages: Sequence[int], by: int) -> None:
    """Take messages back instead of removing them: the thread goes on showing what was written."""
    for number in messages:
        work.do(take_back_message, message=make_ref("message", work.get(Message, number, "message").id))
    note_undone(work.session, row.id, by=by)


def _close_proposals(work: Work, changes: Sequence[Change]) -> None:
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
    outbox = work.vault.schema.tables.outbox
    earlier = [one.id for one in taken_back_before(work, row)]
    sent = select(outbox.c.id).where(outbox.c.change_set_id.in_(earlier)).limit(1)
    if earlier and work.session.scalar(sent) is not None:
        raise Conflict(TAKEN_BACK, code="taken_back")

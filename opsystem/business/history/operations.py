"""Undo: what was done is put back from the journal, through the same pipeline as everything else."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Row, select

from opsystem.business.history.chosen import chosen
from opsystem.business.history.records import Undone
from opsystem.business.history.together import acts_together
from opsystem.business.history.undoable import LEFT, obstacles
from opsystem.business.history.undoing import AGAIN, UNDID, take_back
from opsystem.business.references import ChangeRef
from opsystem.kit.errors import Conflict, NotFound, Problem
from opsystem.kit.refs import make_ref
from opsystem.operations import Effect, Permission, Work, operation

Rest = Annotated[
    bool, Field(description="Leave what was changed since as it is, and put back everything else.")
]


@operation(permission=Permission.UNDO_OWN, effect=Effect.COMMIT, label="Undo")
def undo_change(work: Work, *, change: ChangeRef, rest: Rest = False) -> Undone:
    """Undo an act of the history (H-41) as a whole. What has left the building stays."""
    return _undo(work, chosen(work, change), rest=rest)


@operation(permission=Permission.UNDO_OWN, effect=Effect.COMMIT, label="Undo together")
def undo_together(work: Work, *, change: ChangeRef, rest: Rest = False) -> Undone:
    """Undo every act of the same turn of Claude, or of the same import, as act H-41: all or none.

    With `rest`, what cannot be undone stays, and everything else is.
    """
    row = chosen(work, change)
    acts = acts_together(work, row)
    if not acts:
        raise NotFound("There is nothing of this left to undo.", code="nothing_to_undo")
    done = [one for one in acts if _one_of_many(work, one, rest=rest)]
    if not done:
        raise Conflict("Nothing of this can be undone any more.", code="cannot_undo")
    what = "an import" if row.batch is not None else "what Claude did"
    label = f"{what} ({len(done)} {'act' if len(done) == 1 else 'acts'})"
    work.describe(f"{UNDID}{label}")
    return _undone(work, done[0], label, len(done))


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


def _undo(work: Work, row: Row[Any], *, rest: bool = False) -> Undone:
    take_back(work, row, rest=rest)
    what = row.label.removeprefix(UNDID).removeprefix(AGAIN)
    work.describe(f"{AGAIN if row.label.startswith(UNDID) else UNDID}{what}")
    return _undone(work, row, row.label, 1)


def _one_of_many(work: Work, row: Row[Any], *, rest: bool) -> bool:
    """Take back one act of several; with `rest`, one that cannot be is left as it is."""
    if not rest:
        take_back(work, row, rest=False)
        return True
    try:
        with work.session.begin_nested():
            take_back(work, row, rest=True)
            work.session.flush()
    except Problem:
        # Which ones these are was shown on the page before, and is shown there still.
        work.session.expire_all()
        return False
    return True


def _undone(work: Work, row: Row[Any], label: str, acts: int) -> Undone:
    number = work.change_set_id or 0
    return Undone(make_ref("change", number), number, make_ref("change", row.id), label, acts)

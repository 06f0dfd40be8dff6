"""The act a person has chosen to undo, if it is one that this person is told about."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from opsystem.business.history.undoable import is_own
from opsystem.business.references import number_of
from opsystem.kit.errors import NotFound
from opsystem.operations import Permission, Work


def chosen(work: Work, change: str) -> Row[Any]:
    """Return the change set of a reference. Raises NotFound: who may not undo it is not told of it either."""
    sets = work.vault.schema.tables.change_set
    row = work.session.execute(select(sets).where(sets.c.id == number_of(change))).one_or_none()
    if row is None or not own_or_allowed(work, row):
        raise NotFound("There is no such change of yours.", code="no_change")
    return row


def own_or_allowed(work: Work, row: Row[Any]) -> bool:
    """Tell whether the actor did this, or may undo what others did."""
    return is_own(work, row) or work.actor.may(Permission.UNDO_ANY)

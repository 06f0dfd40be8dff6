"""The acts that belong together, as those of one turn of Claude or of one import."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from opsystem.business.history.chosen import own_or_allowed
from opsystem.business.history.undoable import NOTHING, obstacles
from opsystem.operations import Work
from opsystem.vault.journals.undo import change_sets_together


def acts_together(work: Work, row: Row[Any]) -> list[Row[Any]]:
    """Return the acts that stand and belong to the same turn or import as one of them, newest first.

    Facts, such as that something was proposed, are left out: they are in nobody's way.
    """
    sets = work.vault.schema.tables.change_set
    numbers = change_sets_together(work.session, work.vault.schema, row.id)
    found = work.session.execute(select(sets).where(sets.c.id.in_(numbers)).order_by(sets.c.id.desc())).all()
    blocked = obstacles(work, found)
    return [one for one in found if blocked[one.id] != NOTHING and own_or_allowed(work, one)]

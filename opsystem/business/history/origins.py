"""What an undo, and the undo of an undo, is in the end about: the acts that were done in the first place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, select

from opsystem.operations import Work
from opsystem.vault.journals.undo import taken_back_by


def taken_back_before(work: Work, row: Row[Any]) -> Iterator[Row[Any]]:
    """Yield every act that an undo goes back to, whether it is an undo itself or not."""
    if row.undoes_id is None:
        return
    sets = work.vault.schema.tables.change_set
    numbers = taken_back_by(work.session, work.vault.schema, row.id)
    for earlier in work.session.execute(select(sets).where(sets.c.id.in_(numbers))).all():
        yield earlier
        yield from taken_back_before(work, earlier)


def first_done(work: Work, row: Row[Any]) -> list[str]:
    """Return the operations that an act, or what it takes back, was done by."""
    if row.undoes_id is None:
        return [row.operation]
    return [one.operation for one in taken_back_before(work, row) if one.undoes_id is None]

"""The state of a vault as one comparable thing, and going back to an earlier one."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.kit import clock
from opsystem.vault import Author, Vault, undo_change_set

_AUTHOR = Author("person", "acc-alice", "Alice Reyes", "undo_change", "Undo")


def digest(vault: Vault) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every journalled table."""
    with vault.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(table.c.id))]
            for table in vault.schema.journalled
        }


def undo(vault: Vault, change_set_id: int | None) -> None:
    """Undo a change set from the journal."""
    assert change_set_id is not None
    with vault.writing(_AUTHOR, clock.now()) as (session, change_set):
        undo_change_set(session, vault.schema, change_set_id, by=change_set.id)

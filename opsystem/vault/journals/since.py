"""Who changed something since: the newest change set that touched a row, or one field of it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from opsystem.vault.journals.journal import Change, as_change
from opsystem.vault.schema import VaultSchema


def changed_since(session: Session, schema: VaultSchema, change: Change, field: str | None) -> int | None:
    """Return the newest change set that touched a row after `change`, or its `field`; None for nobody."""
    table = schema.tables.change
    later = (
        select(table)
        .where(table.c.table_name == change.table, table.c.row_id == change.row_id, table.c.id > change.id)
        .order_by(table.c.id.desc())
    )
    for row in session.execute(later):
        if field is None or field in as_change(row).fields():
            return int(row.change_set_id)
    return None


def made_by(session: Session, schema: VaultSchema, table_name: str, row_id: int) -> int | None:
    """Return the change set that made a row, or None when the journal does not know it."""
    table = schema.tables.change
    made = (
        select(table.c.change_set_id)
        .where(table.c.table_name == table_name, table.c.row_id == row_id, table.c.action == "insert")
        .order_by(table.c.id.desc())
        .limit(1)
    )
    return session.scalar(made)

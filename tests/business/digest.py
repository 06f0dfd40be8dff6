"""The state of a vault as one comparable thing."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.vault import Vault


def digest(vault: Vault) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every journalled table."""
    with vault.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(table.c.id))]
            for table in vault.schema.journalled
        }

"""The statements of the vault's own mechanics, each built once: building one costs more than running it.

They are run on the session's connection, with the values by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import (
    BindParameter,
    Delete,
    Insert,
    Select,
    Update,
    bindparam,
    delete,
    exists,
    insert,
    select,
    update,
)

from opsystem.vault.tables import VaultTables


@dataclass(frozen=True)
class Statements:
    """What every operation runs. `number` is a change set's number, `request` a request's id."""

    open_change_set: Insert
    label_change_set: Update
    is_change_set_used: Select[tuple[bool]]
    drop_change_set: Delete
    find_request: Select[Any]
    keep_request: Insert

    @classmethod
    def of(cls, tables: VaultTables) -> Self:
        """Build the statements for the tables of one schema."""
        sets = tables.change_set
        number: BindParameter[int] = bindparam("number")
        return cls(
            open_change_set=insert(sets),
            label_change_set=update(sets).where(sets.c.id == number).values(label=bindparam("words")),
            is_change_set_used=select(
                exists().where(tables.change.c.change_set_id == number)
                | exists().where(tables.outbox.c.change_set_id == number)
            ),
            drop_change_set=delete(sets).where(sets.c.id == number),
            find_request=select(tables.request).where(tables.request.c.id == bindparam("request")),
            keep_request=insert(tables.request),
        )

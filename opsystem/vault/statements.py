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
    bindparam,
    delete,
    insert,
    select,
)

from opsystem.vault.tables import VaultTables


@dataclass(frozen=True)
class Statements:
    """What every operation runs. `number` is a change set's number, `request` a request's id."""

    open_change_set: Insert
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
            drop_change_set=delete(sets).where(sets.c.id == number),
            find_request=select(tables.request).where(tables.request.c.id == bindparam("request")),
            keep_request=insert(tables.request),
        )

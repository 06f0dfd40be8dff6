"""The rows of a vault exactly as they are stored, table by table, in the order of their keys.

What is compared (`digest`), taken out and brought in is this and nothing else. Left out are tables that are
made from others (`search_row`) and those that are about this installation only (`Table.info["local"]`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from opsystem.vault.database import driver_connection
from opsystem.vault.schema import VaultSchema

Stored = tuple[Any, ...]
_DERIVED = frozenset({"search_row"})


def kept_tables(schema: VaultSchema) -> tuple[Table, ...]:
    """Return the tables whose rows are a vault's content, those that others refer to first."""
    return tuple(
        table
        for table in schema.metadata.sorted_tables
        if table.name not in _DERIVED and not table.info.get("local")
    )


def stored_rows(session: Session, table: Table) -> Iterator[Stored]:
    """Yield the rows of a table by ascending key, each as its columns stand in the database.

    They are read as they are taken, from the one state of the vault the session sees.
    """
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
    # Names come from the schema, never from a person.
    statement = f'SELECT {names} FROM "{table.name}" ORDER BY {keys}'  # noqa: S608
    yield from driver_connection(session.connection()).execute(statement)


def last_numbers(session: Session, schema: VaultSchema) -> dict[str, int]:
    """Return the highest number each kept table ever gave a row: a number is never used twice."""
    names = {table.name for table in kept_tables(schema)}
    found = driver_connection(session.connection()).execute("SELECT name, seq FROM sqlite_sequence")
    return {name: int(number) for name, number in sorted(found) if name in names}

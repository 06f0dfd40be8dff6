"""Removing everything the vault holds about one person: its rows, and what the journal knows of them.

Which rows these are follows from the schema: `Table.info["client"]` says whose a row is, and what cannot
be without a removed row goes with it. So a table added later is erased too, without a line here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from sqlalchemy import Column, Table, text
from sqlalchemy.orm import Session

from opsystem.vault.journals.seals import CLOSED_SEAL
from opsystem.vault.schema import VaultSchema

Found = dict[str, set[int]]
_THESE: Final = "(SELECT value FROM json_each(:ids))"


def rows_about(
    session: Session, schema: VaultSchema, client_id: int, roots: Mapping[str, Collection[int]]
) -> Found:
    """Return the numbers of every row about a client, by table; `roots` are more rows that are to go.

    With a row goes what refers to it and cannot be without it.
    """
    found: Found = {}
    for table in _trade(schema):
        mine = set(roots.get(table.name, ()))
        whose = table.info.get("client")
        if whose is not None:
            # Names and the expression come from the schema; values are bound.
            about = f"SELECT one.id FROM {table.name} AS one WHERE {whose.format(row='one')} = :client"  # noqa: S608
            mine |= set(session.scalars(text(about), {"client": client_id}))
        for column, parent in _references(table):
            if not column.nullable and found.get(parent):
                below = f"SELECT id FROM {table.name} WHERE {column.name} IN {_THESE}"  # noqa: S608
                mine |= set(session.scalars(text(below), {"ids": json.dumps(sorted(found[parent]))}))
        if mine:
            found[table.name] = mine
    return found


def remove_rows(session: Session, schema: VaultSchema, found: Found) -> None:
    """Remove rows; what may be without them lets go of them. Needs an open change set."""
    for table in _trade(schema):
        for column, parent in _references(table):
            if column.nullable and found.get(parent):
                letting_go = (
                    f"UPDATE {table.name} SET {column.name} = NULL"  # noqa: S608
                    f" WHERE {column.name} IN {_THESE} AND id NOT IN (SELECT value FROM json_each(:going))"
                )
                given = {
                    "ids": json.dumps(sorted(found[parent])),
                    "going": json.dumps(sorted(found.get(table.name, ()))),
                }
                session.execute(text(letting_go), given)
    for table in reversed(_trade(schema)):
        if found.get(table.name):
            going = f"DELETE FROM {table.name} WHERE id IN {_THESE}"  # noqa: S608
            session.execute(text(going), {"ids": json.dumps(sorted(found[table.name]))})


def forget(session: Session, client_id: int, found: Found, label_of: Callable[[str], str]) -> int:
    """Drop what journal, answers and outbox know of removed rows; return how many acts that touched.

    Who did what and when stays, and the chain stays whole. `label_of` gives the words for an operation.
    """
    known = _known(session, client_id, found)
    given = {"ids": json.dumps(sorted(known))}
    session.execute(
        text(
            f"UPDATE change SET before = NULL, after = NULL, seal = {CLOSED_SEAL}"  # noqa: S608
            f" WHERE id IN {_THESE} AND table_name NOT IN ('journal_cut', 'erasure')"
        ),
        given,
    )
    touched = {"ids": json.dumps(sorted(set(known.values())))}
    for operation in session.scalars(
        text(f"SELECT DISTINCT operation FROM change_set WHERE id IN {_THESE}"),  # noqa: S608
        touched,
    ).all():
        session.execute(
            text(
                f"UPDATE change_set SET label = :label, seal = {CLOSED_SEAL}"  # noqa: S608
                f" WHERE id IN {_THESE} AND operation = :operation AND seal IS NOT NULL"
            ),
            {**touched, "operation": operation, "label": label_of(operation)},
        )
    for statement in (
        f"DELETE FROM request WHERE change_set_id IN {_THESE}",  # noqa: S608
        f"UPDATE outbox SET payload = '{{}}' WHERE change_set_id IN {_THESE}",  # noqa: S608
    ):
        session.execute(text(statement), touched)
    return len(set(known.values()))


def _known(session: Session, client_id: int, found: Found) -> dict[int, int]:
    """Return what the journal knows of a client and of removed rows: changes, with their change sets."""
    about = "SELECT id, change_set_id FROM change WHERE client_id = :client"
    known = {row.id: row.change_set_id for row in session.execute(text(about), {"client": client_id})}
    of_rows = f"SELECT id, change_set_id FROM change WHERE table_name = :name AND row_id IN {_THESE}"  # noqa: S608
    for name, numbers in found.items():
        given = {"name": name, "ids": json.dumps(sorted(numbers))}
        known |= {row.id: row.change_set_id for row in session.execute(text(of_rows), given)}
    return known


def _trade(schema: VaultSchema) -> list[Table]:
    """Return the nouns' tables, those that others refer to first: mechanics and ledgers left out."""
    own = set(schema.tables.__dataclass_fields__)
    return [table for table in schema.metadata.sorted_tables if table.name not in own]


def _references(table: Table) -> list[tuple[Column[Any], str]]:
    """Return the columns of a table that refer to other tables, with the names of these."""
    return [(column, key.column.table.name) for column in table.columns for key in column.foreign_keys]

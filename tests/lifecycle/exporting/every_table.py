"""A vault that uses every table, with values that are easily lost on the way."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, Float, Integer, LargeBinary, Table, func, insert, select
from sqlalchemy.orm import Session

from opsystem.kit import clock
from opsystem.vault import Author, Moment, Vault
from opsystem.vault.rows import kept_tables

ODD = "Zoë \"quoted\", 'single'; =1+1 \\ \u2028 \U0001f527 <b>&amp;\r\n\ttail "
_AUTHOR = Author("person", "1", "Alice", "act", "Filled in")


def fill_every_table(vault: Vault) -> None:
    """Put a row into each table that is empty, journalled ones in somebody's name."""
    journalled = set(vault.schema.journalled)
    for table in kept_tables(vault.schema):
        with vault.reading() as session:
            if rows_in(session, table):
                continue
        if table in journalled:
            with vault.writing(_AUTHOR, clock.now()) as (session, _):
                session.execute(insert(table).values(_row(session, table)))
        else:
            with vault.mechanics() as session:
                session.execute(insert(table).values(_row(session, table)))


def rows_in(session: Session, table: Table) -> int:
    """Count a table's rows."""
    return session.scalar(select(func.count()).select_from(table)) or 0


def _row(session: Session, table: Table) -> dict[str, Any]:
    row = {}
    for column in table.columns:
        if column.primary_key and isinstance(column.type, Integer):
            continue
        if column.server_default is not None:
            continue
        reference = next(iter(column.foreign_keys), None)
        if reference is not None:
            row[column.name] = session.scalar(select(reference.column).limit(1))
        else:
            row[column.name] = _value(column.type, column.name)
    return row


def _value(kind: Any, name: str) -> Any:
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, Integer):
        return 2**53 + 1
    if isinstance(kind, Float):
        return 0.1
    if isinstance(kind, LargeBinary):
        return bytes(range(256))
    if isinstance(kind, Date):
        return date(2024, 2, 29)
    if isinstance(kind, Moment):
        return datetime(2024, 2, 29, 23, 59, 59, 999999, tzinfo=UTC)
    return f"{name} {ODD}"

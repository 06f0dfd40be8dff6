"""A schema of two toy tables: the vault library knows no noun, and is tested without ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, String, Table, insert, select, text
from sqlalchemy.orm import Session

from opsystem.kit import clock
from opsystem.vault import Author, SearchRule, Vault, VaultSchema, new_metadata

KEY = bytes(range(32))


def toy_schema(version: int = 1, migrations: Path | None = None, *extra: Column[Any]) -> VaultSchema:
    """Return a schema of boxes and the things in them."""
    metadata = new_metadata()
    Table(
        "box",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("name", String, nullable=False, unique=True),
        Column("note", String),
        *extra,
        sqlite_autoincrement=True,
        info={"search": SearchRule("box", "{row}.name", "{row}.note")},
    )
    Table(
        "thing",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("box_id", ForeignKey("box.id"), nullable=False),
        Column("weight", Integer, nullable=False),
        sqlite_autoincrement=True,
        info={"client": "{row}.box_id"},
    )
    return VaultSchema(metadata, version, migrations)


SCHEMA = toy_schema()
BOX, THING = SCHEMA.metadata.tables["box"], SCHEMA.metadata.tables["thing"]


def toy_vault(path: Path) -> Vault:
    """Make a vault of the toy schema."""
    return Vault.create(path, "toy", KEY, SCHEMA)


@contextmanager
def acting(vault: Vault, label: str = "Act", **more: Any) -> Iterator[tuple[Session, int]]:
    """Write in somebody's name; gives the session and the number of the change set."""
    author = Author("person", "1", "Alice", "act", label, **more)
    with vault.writing(author, clock.now()) as (session, change_set):
        yield session, change_set.id


def put_box(vault: Vault, name: str, note: str | None = None) -> int:
    """Put a box in; return the number of the change set."""
    with acting(vault) as (session, number):
        session.execute(insert(BOX).values(name=name, note=note))
    return number


def contents(vault: Vault) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the toy tables."""
    with vault.reading() as session:
        return {table.name: [tuple(row) for row in session.execute(select(table))] for table in (BOX, THING)}


def scalar(vault: Vault, statement: str) -> Any:
    """Return the one value of a statement."""
    with vault.reading() as session:
        return session.scalar(text(statement))

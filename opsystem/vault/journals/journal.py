"""The journal: who changed what, row by row, before and after.

The rows are written by the database's own triggers (`schema.journal_triggers`); this room
opens and closes the change set they belong to and reads them back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from opsystem.vault.database import VaultConnection, driver_connection
from opsystem.vault.journals.chain import Link, close_entry
from opsystem.vault.journals.heads import SIGN_EVERY, Signer, sign_head
from opsystem.vault.schema import VaultSchema


@dataclass(frozen=True)
class Author:
    """In whose name a change set is written."""

    kind: str
    id: str
    name: str
    operation: str
    label: str
    turn_id: int | None = None
    undoes_id: int | None = None
    # Change sets with one batch, as of one import, are undone together.
    batch: str | None = None


@dataclass
class ChangeSet:
    """A change set being written. Its `link` in the chain stays None when nothing was changed.

    `label` says what was done, if that is known only once it is.
    """

    id: int
    connection: VaultConnection
    at: datetime
    label: str | None = None
    link: Link | None = None

    @property
    def kept(self) -> bool:
        """Whether anything was changed."""
        return self.link is not None

    def release(self) -> None:
        """Let no further write of this connection be counted to this change set."""
        self.connection.change_set_id = None


@dataclass(frozen=True)
class Change:
    """One row's change: images are None before its making and after its end."""

    id: int
    table: str
    row_id: int
    action: str
    client_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def has_images(self) -> bool:
        """Whether it is still known how the row was: images of what is old or erased are dropped."""
        wanted = {"insert": (self.after,), "delete": (self.before,)}.get(
            self.action, (self.before, self.after)
        )
        return None not in wanted

    def fields(self) -> dict[str, tuple[Any, Any]]:
        """Return the changed fields with their values before and after."""
        before, after = self.before or {}, self.after or {}
        names = before.keys() | after.keys()
        return {
            name: (before.get(name), after.get(name))
            for name in sorted(names)
            if before.get(name) != after.get(name)
        }


def begin_change_set(session: Session, schema: VaultSchema, author: Author, at: datetime) -> ChangeSet:
    """Open a change set in the author's name; writes of this session are counted to it."""
    database = session.connection()
    result = database.execute(
        schema.statements.open_change_set,
        {
            "at": at,
            "actor_kind": author.kind,
            "actor_id": author.id,
            "actor_name": author.name,
            "operation": author.operation,
            "label": author.label,
            "turn_id": author.turn_id,
            "undoes_id": author.undoes_id,
            "batch": author.batch,
        },
    )
    number = int(result.inserted_primary_key[0])  # type: ignore[index]
    connection = driver_connection(database)
    connection.change_set_id = number
    return ChangeSet(id=number, connection=connection, at=at)


def end_change_set(session: Session, schema: VaultSchema, change_set: ChangeSet, signer: Signer) -> None:
    """Write the change set's entry in the chain; drop it again when nothing was changed under it."""
    link = close_entry(change_set.connection, change_set.id, change_set.label)
    if link is None:
        session.connection().execute(schema.statements.drop_change_set, {"number": change_set.id})
    elif link.position % SIGN_EVERY == 0:
        sign_head(change_set.connection, signer, change_set.at)
    change_set.link = link


def changes_of(session: Session, schema: VaultSchema, change_set_id: int) -> list[Change]:
    """Return the changes of a change set in the order they were made."""
    change = schema.tables.change
    rows = session.execute(
        select(change).where(change.c.change_set_id == change_set_id).order_by(change.c.id)
    )
    return [as_change(row) for row in rows]


def as_change(row: Row[Any]) -> Change:
    """Return a row of the table `change` with its images read."""
    return Change(
        id=row.id,
        table=row.table_name,
        row_id=row.row_id,
        action=row.action,
        client_id=row.client_id,
        before=json.loads(row.before) if row.before else None,
        after=json.loads(row.after) if row.after else None,
    )

"""What an undo would do, worked out before anything is written: field by field, with what is in the way.

Changes are taken back newest first, in mind only: `_Rows` holds how each row would stand after what was
taken back so far.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

from opsystem.vault.database import driver_connection
from opsystem.vault.journals.journal import Change
from opsystem.vault.journals.since import changed_since, made_by
from opsystem.vault.schema import VaultSchema

Image = dict[str, Any]


@dataclass(frozen=True)
class Obstacle:
    """Something in the way: what, why, and which change set put it there, if that is known."""

    table: str
    row_id: int
    field: str | None
    why: str
    by: int | None

    @property
    def name(self) -> str:
        """What is in the way, as an error names it (`client 12 phone`)."""
        return f"{self.table} {self.row_id}{f' {self.field}' if self.field else ''}"


@dataclass(frozen=True)
class FieldStep:
    """One field: what it was before, what the change left in it, and what it is now."""

    name: str
    before: Any
    after: Any
    now: Any
    obstacle: Obstacle | None = None


@dataclass(frozen=True)
class Step:
    """One change to take back. With an obstacle of its own, nothing of it can be."""

    change: Change
    fields: Sequence[FieldStep]
    obstacle: Obstacle | None = None

    @property
    def obstacles(self) -> list[Obstacle]:
        """Everything in the way of this step."""
        own = [self.obstacle] if self.obstacle is not None else []
        return own + [field.obstacle for field in self.fields if field.obstacle is not None]

    @property
    def free_fields(self) -> dict[str, Any]:
        """The values that can be put back."""
        if self.obstacle is not None:
            return {}
        return {field.name: field.before for field in self.fields if field.obstacle is None}


def plan_undo(session: Session, schema: VaultSchema, changes: Sequence[Change]) -> list[Step]:
    """Return the steps that take changes back, newest first. `changes` are in the order they were made."""
    rows = _Rows(session, schema)
    return [rows.take_back(change) for change in reversed(changes)]


class _Rows:
    """How rows stand, and would stand."""

    def __init__(self, session: Session, schema: VaultSchema) -> None:
        self._session, self._schema = session, schema
        self._held: dict[tuple[str, int], Image | None] = {}

    def take_back(self, change: Change) -> Step:
        """Return the step for a change, and go on as if it had been done as far as it can be."""
        key, now = (change.table, change.row_id), self._now(change.table, change.row_id)
        if not change.has_images:
            return Step(change, (), self._in_the_way(change, None, "is no longer known as it was"))
        if change.action == "delete":
            if now is not None:
                return Step(change, (), self._in_the_way(change, None, "was made again since"))
            self._held[key] = dict(change.before or {})
            return Step(change, self._fields(change, None))
        if now is None:
            return Step(change, (), self._in_the_way(change, None, "was removed since"))
        fields = self._fields(change, now)
        if change.action == "insert":
            used = None if any(field.obstacle for field in fields) else self._user_of(change)
            step = Step(change, fields, used)
            if not step.obstacles:
                self._held[key] = None
            return step
        step = Step(change, fields)
        self._held[key] = now | step.free_fields
        return step

    def _fields(self, change: Change, now: Image | None) -> list[FieldStep]:
        return [
            FieldStep(
                name,
                before,
                after,
                None if now is None else now.get(name),
                None
                if now is None or now.get(name) == after
                else self._in_the_way(change, name, "was changed since"),
            )
            for name, (before, after) in _touched(change).items()
        ]

    def _in_the_way(self, change: Change, field: str | None, why: str) -> Obstacle:
        since = changed_since(self._session, self._schema, change, field)
        return Obstacle(change.table, change.row_id, field, why, since)

    def _user_of(self, change: Change) -> Obstacle | None:
        """Return the obstacle when another row refers to the one that would go."""
        for table, column in _references_to(self._schema, change.table):
            # Names come from the schema; values are bound.
            found = text(f"SELECT id FROM {table.name} WHERE {column} = :id")  # noqa: S608
            for number in self._session.scalars(found, {"id": change.row_id}):
                held = self._held.get((table.name, number), {column: change.row_id})
                if held is not None and held.get(column) == change.row_id:
                    by = made_by(self._session, self._schema, table.name, number)
                    return Obstacle(change.table, change.row_id, None, "is used by something made since", by)
        return None

    def _now(self, table: str, row_id: int) -> Image | None:
        key = (table, row_id)
        if key not in self._held:
            # Table names come from the journal, which only triggers write; values are bound.
            statement = f"SELECT * FROM {table} WHERE id = ?"  # noqa: S608
            cursor = driver_connection(self._session.connection()).execute(statement, (row_id,))
            found = cursor.fetchone()
            names = [column[0] for column in cursor.description]
            self._held[key] = dict(zip(names, found, strict=True)) if found is not None else None
        return self._held[key]


def _touched(change: Change) -> dict[str, tuple[Any, Any]]:
    """Return the fields an undo has to look at.

    A row that was made has all of them: also one that was empty then and was filled since is lost with it.
    """
    if change.action != "insert":
        return change.fields()
    return {name: (None, after) for name, after in (change.after or {}).items()}


def _references_to(schema: VaultSchema, name: str) -> Iterator[tuple[Table, str]]:
    """Yield the tables and columns that refer to a table and do not go with its rows."""
    for table in schema.metadata.sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                if key.column.table.name == name and key.ondelete != "CASCADE":
                    yield table, column.name

"""Undo, made from the journal: the inverse of a change set, or a conflict, never a silent loss.

A field is put back only while it still holds what the change set left in it. What has left
the building cannot be called back; what still waits in the outbox is cancelled with the rest.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from opsystem.kit.errors import Conflict, NotFound
from opsystem.vault.journal import Change, changes_of
from opsystem.vault.schema import VaultSchema


def undo_change_set(session: Session, schema: VaultSchema, change_set_id: int, *, by: int) -> list[Change]:
    """Apply the inverse of a change set inside the open change set `by`; return what was undone.

    Undoing an undo does it again. Raises NotFound, and Conflict with one field for each thing
    in the way (`client 12 phone`), in which case nothing was changed.
    """
    sets = schema.tables.change_set
    target = session.execute(select(sets).where(sets.c.id == change_set_id)).one_or_none()
    if target is None:
        raise NotFound("There is no such change.", code="no_change")
    if target.undone_by_id is not None:
        raise Conflict("This was already undone.", code="already_undone")
    _call_back(session, schema, change_set_id)
    changes = changes_of(session, schema, change_set_id)
    obstacles: dict[str, str] = {}
    for change in reversed(changes):
        obstacles.update(_invert(session, change))
    if obstacles:
        raise Conflict(
            "Something here was changed again since, so it cannot be undone as a whole.",
            code="changed_since",
            fields=obstacles,
        )
    session.execute(update(sets).where(sets.c.id == change_set_id).values(undone_by_id=by))
    if target.undoes_id is not None:
        session.execute(update(sets).where(sets.c.id == target.undoes_id).values(undone_by_id=None))
    return changes


def _call_back(session: Session, schema: VaultSchema, change_set_id: int) -> None:
    outbox = schema.tables.outbox
    states = set(session.scalars(select(outbox.c.state).where(outbox.c.change_set_id == change_set_id)))
    if "cancelled" in states:
        raise Conflict("The message was taken back. Write it again to send it.", code="taken_back")
    if states - {"queued"}:
        raise Conflict(
            "This has already left the building and cannot be taken back. Send a correction instead.",
            code="left_building",
        )
    session.execute(update(outbox).where(outbox.c.change_set_id == change_set_id).values(state="cancelled"))


def _row(session: Session, change: Change) -> dict[str, Any] | None:
    # Table names come from the journal, which only triggers write; values are bound.
    statement = text(f"SELECT * FROM {change.table} WHERE id = :id")  # noqa: S608
    found = session.execute(statement, {"id": change.row_id}).mappings().one_or_none()
    return dict(found) if found is not None else None


def _invert(session: Session, change: Change) -> dict[str, str]:
    now = _row(session, change)
    name = f"{change.table} {change.row_id}"
    if change.action == "delete":
        return {name: "was made again since"} if now is not None else _put_back(session, change, name)
    if now is None:
        return {name: "was removed since"}
    moved = {
        f"{name} {field}": "was changed since"
        for field, (_, after) in change.fields().items()
        if now.get(field) != after
    }
    if moved:
        return moved
    if change.action == "insert":
        return _remove(session, change, name)
    fields = {field: before for field, (before, _) in change.fields().items()}
    assignments = ", ".join(f"{field} = :{field}" for field in fields)
    statement = text(f"UPDATE {change.table} SET {assignments} WHERE id = :row_id")  # noqa: S608
    session.execute(statement, {**fields, "row_id": change.row_id})
    return {}


def _put_back(session: Session, change: Change, name: str) -> dict[str, str]:
    values = change.before or {}
    names, marks = ", ".join(values), ", ".join(f":{field}" for field in values)
    statement = text(f"INSERT INTO {change.table} ({names}) VALUES ({marks})")  # noqa: S608
    return _attempt(session, statement, values, name, "clashes with something made since")


def _remove(session: Session, change: Change, name: str) -> dict[str, str]:
    statement = text(f"DELETE FROM {change.table} WHERE id = :id")  # noqa: S608
    return _attempt(session, statement, {"id": change.row_id}, name, "is used by something made since")


def _attempt(session: Session, statement: Any, values: dict[str, Any], name: str, why: str) -> dict[str, str]:
    try:
        with session.begin_nested():
            session.execute(statement, values)
    except IntegrityError:
        return {name: why}
    return {}

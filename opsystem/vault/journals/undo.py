"""Undo, made from the journal: the inverse of change sets, or a conflict, never a silent loss.

A field is put back only while it still holds what the change set left in it. What has left
the building cannot be called back; what still waits in the outbox is cancelled with the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from opsystem.kit.errors import Conflict, NotFound
from opsystem.vault.database import driver_connection
from opsystem.vault.journals.journal import Change, changes_of
from opsystem.vault.journals.undo_plan import Step, plan_undo
from opsystem.vault.schema import VaultSchema

_TAKEN_BACK: Final = "UPDATE change_set SET undone_by_id = ? WHERE id = ?"
_AGAIN: Final = (
    "UPDATE change_set SET undone_by_id = NULL WHERE undone_by_id = ?"
    " AND id IN (SELECT target_id FROM undoing WHERE change_set_id = ?)"
)
_NOTED: Final = "INSERT INTO undoing (change_set_id, target_id) VALUES (?, ?)"
_NEWEST: Final = (
    "UPDATE change_set SET undoes_id = (SELECT max(target_id) FROM undoing WHERE change_set_id = ?)"
    " WHERE id = ?"
)


def undo_change_set(
    session: Session, schema: VaultSchema, change_set_id: int, *, by: int, rest: bool = False
) -> list[Change]:
    """Apply the inverse of a change set inside the open change set `by`; return what was undone.

    Undoing an undo does it again. Raises NotFound, and Conflict with one field for each thing
    in the way (`client 12 phone`), in which case nothing was changed. With `rest`, what is in the way
    stays as it is and everything else is put back; Conflict when there is nothing else.
    """
    sets = schema.tables.change_set
    target = session.execute(select(sets).where(sets.c.id == change_set_id)).one_or_none()
    if target is None:
        raise NotFound("There is no such change.", code="no_change")
    if target.undone_by_id is not None:
        raise Conflict("This was already undone.", code="already_undone")
    _call_back(session, schema, change_set_id)
    changes = changes_of(session, schema, change_set_id)
    session.flush()
    steps = plan_undo(session, schema, changes)
    obstacles = {one.name: one.why for step in steps for one in step.obstacles}
    undone: list[Change] = []
    if rest or not obstacles:
        for step in steps:
            in_the_way = _apply(session, step)
            obstacles |= in_the_way
            if not in_the_way:
                undone.append(step.change)
    if (obstacles and not rest) or not undone:
        raise Conflict(
            "Something here was changed again since, so it cannot be undone as a whole.",
            code="changed_since",
            fields=obstacles,
        )
    note_undone(session, change_set_id, by=by)
    return undone


def note_undone(session: Session, change_set_id: int, *, by: int) -> None:
    """Write down that a change set was taken back by `by`: what it had taken back is done again."""
    session.flush()
    connection = driver_connection(session.connection())
    for statement, given in (
        (_TAKEN_BACK, (by, change_set_id)),
        (_AGAIN, (change_set_id, change_set_id)),
        (_NOTED, (by, change_set_id)),
        (_NEWEST, (by, by)),
    ):
        connection.execute(statement, given)


def taken_back_by(session: Session, schema: VaultSchema, change_set_id: int) -> list[int]:
    """Return the change sets that a change set takes back, newest first."""
    undoing = schema.tables.undoing
    chosen = select(undoing.c.target_id).where(undoing.c.change_set_id == change_set_id)
    return sorted(session.scalars(chosen), reverse=True)


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
    if states:
        waiting = update(outbox).where(outbox.c.change_set_id == change_set_id)
        session.execute(waiting.values(state="cancelled"))


def _apply(session: Session, step: Step) -> dict[str, str]:
    """Put back what can be put back of a step; return what turned out to be in the way."""
    change = step.change
    name = f"{change.table} {change.row_id}"
    if step.obstacle is not None:
        return {step.obstacle.name: step.obstacle.why}
    if change.action == "delete":
        values = change.before or {}
        names, marks = ", ".join(values), ", ".join(f":{field}" for field in values)
        statement = f"INSERT INTO {change.table} ({names}) VALUES ({marks})"  # noqa: S608
        return _attempt(session, statement, values, name, "clashes with something made since")
    if change.action == "insert":
        if step.obstacles:
            return {one.name: one.why for one in step.obstacles}
        statement = f"DELETE FROM {change.table} WHERE id = :id"  # noqa: S608
        return _attempt(session, statement, {"id": change.row_id}, name, "is used by something made since")
    free = step.free_fields
    if not free:
        return {one.name: one.why for one in step.obstacles}
    assignments = ", ".join(f"{field} = :{field}" for field in free)
    # Table and column names come from the journal, which only triggers write; values are bound.
    statement = f"UPDATE {change.table} SET {assignments} WHERE id = :row_id"  # noqa: S608
    given = {**free, "row_id": change.row_id}
    return _attempt(session, statement, given, name, "clashes with something made since")


def _attempt(session: Session, statement: str, values: dict[str, Any], name: str, why: str) -> dict[str, str]:
    """Run a statement; one that breaks a rule of the tables is taken back by the engine, and only that."""
    try:
        driver_connection(session.connection()).execute(statement, values)
    except sqlcipher.IntegrityError:
        return {name: why}
    return {}


def change_sets_together(session: Session, schema: VaultSchema, change_set_id: int) -> list[int]:
    """Return the change sets of the same turn or import that still stand, newest first; itself included."""
    sets = schema.tables.change_set
    row = session.execute(select(sets).where(sets.c.id == change_set_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such change.", code="no_change")
    if row.batch is None and row.turn_id is None:
        return [change_set_id]
    same = sets.c.batch == row.batch if row.batch is not None else sets.c.turn_id == row.turn_id
    standing: Iterable[int] = session.scalars(
        select(sets.c.id)
        .where(same, sets.c.undone_by_id.is_(None), sets.c.undoes_id.is_(None))
        .order_by(sets.c.id.desc())
    )
    return list(standing)

"""An undo shown before it is done: what would change, and what was changed since, by whom."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.history.chosen import chosen
from opsystem.business.history.planned import PlannedAct, PlannedField, PlannedRecord, UndoPlan
from opsystem.business.history.queries import change_rows
from opsystem.business.history.reading import readable_tables
from opsystem.business.history.together import acts_together
from opsystem.business.history.undoable import obstacles
from opsystem.business.history.wording import HIDDEN, in_words, label_of, value_of
from opsystem.business.record import Record
from opsystem.business.references import ChangeRef
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query
from opsystem.vault.journals.journal import changes_of
from opsystem.vault.journals.undo_plan import Obstacle, Step, plan_undo

_ACTIONS = {"insert": "remove", "delete": "restore", "update": "change"}
Together = Annotated[bool, Field(description="Everything of the same turn of Claude, or import.")]


@query(permission=Permission.UNDO_OWN, label="Show what an undo would do", assistant=False)
def show_undo(work: Work, *, change: ChangeRef, together: Together = False) -> UndoPlan:
    """Show field by field what undoing an act (H-41) would put back, and what is in the way."""
    row = chosen(work, change)
    acts = acts_together(work, row) if together else [row]
    numbers = [one.id for one in acts]
    blocked = obstacles(work, acts)
    changes = [
        item
        for number in sorted(numbers)
        if blocked[number] is None
        for item in changes_of(work.session, work.vault.schema, number)
    ]
    owner = {
        item.id: number for number in numbers for item in changes_of(work.session, work.vault.schema, number)
    }
    steps: dict[int, list[Step]] = {}
    for step in plan_undo(work.session, work.vault.schema, changes):
        steps.setdefault(owner[step.change.id], []).append(step)
    planned = [PlannedAct(told, _records(work, steps.get(told.id, []))) for told in change_rows(work, acts)]
    whole = all(act.is_free for act in planned)
    some = any(
        record.is_free or any(field.in_the_way is None for field in record.fields)
        for act in planned
        for record in act.records
        if record.in_the_way is None
    )
    return UndoPlan(planned, whole, partly=some and not whole)


def _records(work: Work, steps: list[Step]) -> list[PlannedRecord]:
    allowed = set(readable_tables(work))
    return [_record(work, step) for step in steps if step.change.table in allowed]


def _record(work: Work, step: Step) -> PlannedRecord:
    told, columns = in_words(work, step.change), Record.metadata.tables[step.change.table].c
    # What is removed or comes back is told by its name; its fields matter only where they are in the way.
    fields = [
        PlannedField(
            label_of(field.name),
            value_of(work, columns[field.name], field.before),
            value_of(work, columns[field.name], field.after),
            value_of(work, columns[field.name], field.now),
            _why(work, field.obstacle),
        )
        for field in step.fields
        if field.name in columns
        and (field.obstacle is not None or (step.change.action == "update" and field.name not in HIDDEN))
    ]
    action = _ACTIONS[step.change.action]
    return PlannedRecord(told.kind, told.ref, told.title, action, fields, _why(work, step.obstacle))


def _why(work: Work, obstacle: Obstacle | None) -> str | None:
    """Return what is in the way in one line: `was changed since, by Bob Tran (H-45)`."""
    if obstacle is None:
        return None
    sets = work.vault.schema.tables.change_set
    by = (
        work.session.scalar(select(sets.c.actor_name).where(sets.c.id == obstacle.by))
        if obstacle.by
        else None
    )
    return (
        f"{obstacle.why}, by {by} ({make_ref('change', obstacle.by)})" if by and obstacle.by else obstacle.why
    )

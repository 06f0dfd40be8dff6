"""What may be done about checklists."""

from __future__ import annotations

from sqlalchemy import func, select

from opsystem.business.checklists.items import Item, Items
from opsystem.business.checklists.models import Checklist, ChecklistItem
from opsystem.business.checklists.queries import items_of
from opsystem.business.references import ChecklistRef, number_of
from opsystem.business.wording import Name
from opsystem.kit.errors import Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation


@operation(permission=Permission.LISTS_WRITE, effect=Effect.DRAFT, label="Add checklist")
def add_checklist(work: Work, *, name: Name, items: Items) -> Saved:
    """Add a checklist that jobs can begin with."""
    _free_name(work, name, None)
    checklist = Checklist(name=name)
    work.session.add(checklist)
    work.session.flush()
    write_items(work, checklist, items)
    work.describe(f"Added checklist {name}")
    return Saved(ref=checklist.ref, id=checklist.id)


@operation(permission=Permission.LISTS_WRITE, effect=Effect.DRAFT, label="Edit checklist")
def edit_checklist(
    work: Work, *, checklist: ChecklistRef, name: Name | None = None, items: Items | None = None
) -> Saved:
    """Rename a checklist, or give it other lines. Jobs that began with it keep theirs."""
    row = work.get(Checklist, number_of(checklist), "checklist")
    if name is not None:
        _free_name(work, name, row.id)
        row.name = name
    if items is not None:
        write_items(work, row, items)
    row.suggested = False
    work.describe(f"Edited checklist {row.name}")
    return Saved(ref=row.ref, id=row.id)


def write_items(work: Work, checklist: Checklist, items: tuple[Item, ...]) -> None:
    """Make these the lines of a checklist, changing no more rows than needed."""
    rows = items_of(work, checklist.id)
    for position, item in enumerate(items, start=1):
        if position > len(rows):
            work.session.add(ChecklistItem(checklist_id=checklist.id, position=position, **item.columns))
            continue
        for name, value in {"position": position, **item.columns}.items():
            setattr(rows[position - 1], name, value)
    for row in rows[len(items) :]:
        work.session.delete(row)
    work.session.flush()


def _free_name(work: Work, name: str, own_id: int | None) -> None:
    same = select(Checklist.id).where(
        func.lower(Checklist.name) == name.lower(), Checklist.id != (own_id or 0)
    )
    if work.session.scalar(same) is not None:
        message = "There is already a checklist of this name."
        raise Invalid(message, code="name_taken", fields={"name": message})

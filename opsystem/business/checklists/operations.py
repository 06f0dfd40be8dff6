"""What may be done about checklists."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field
from sqlalchemy import func, select

from opsystem.business.checklists.models import Checklist, ChecklistItem
from opsystem.business.checklists.queries import items_of
from opsystem.business.references import ChecklistRef, number_of
from opsystem.business.wording import Name
from opsystem.kit.errors import Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation

_MOST_LINES, _LONGEST = 100, 200


def _lines(items: tuple[str, ...]) -> tuple[str, ...]:
    if not 1 <= len(items) <= _MOST_LINES:
        raise ValueError(f"Give between 1 and {_MOST_LINES} lines.")
    for number, line in enumerate(items, start=1):
        if not line:
            raise ValueError(f"Line {number} is empty.")
        if len(line) > _LONGEST:
            raise ValueError(f"Line {number} may have at most {_LONGEST} characters.")
    return items


# Checked as a whole, so that the answer stands at the one field people write lines into.
Items = Annotated[tuple[str, ...], AfterValidator(_lines), Field(description="The lines, in order.")]


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


def write_items(work: Work, checklist: Checklist, items: tuple[str, ...]) -> None:
    """Make these the lines of a checklist, changing no more rows than needed."""
    rows = items_of(work, checklist.id)
    for position, text in enumerate(items, start=1):
        if position <= len(rows):
            rows[position - 1].position = position
            rows[position - 1].text = text
        else:
            work.session.add(ChecklistItem(checklist_id=checklist.id, position=position, text=text))
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

"""What may be asked about checklists."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from opsystem.business.checklists.models import Checklist, ChecklistItem
from opsystem.business.checklists.records import ChecklistRecord, ItemRow
from opsystem.operations import Permission, Work, query


def items_of(work: Work, checklist_id: int) -> list[ChecklistItem]:
    """Return the lines of a checklist in order."""
    statement = (
        select(ChecklistItem)
        .where(ChecklistItem.checklist_id == checklist_id)
        .order_by(ChecklistItem.position, ChecklistItem.id)
    )
    return list(work.session.scalars(statement))


def item_row(item: ChecklistItem) -> ItemRow:
    """Return what is told about one line."""
    return ItemRow(
        text=item.text,
        asks=item.asks,
        required=item.required,
        unit=item.unit,
        least_milli=item.least_milli,
        most_milli=item.most_milli,
        choices=item.choices.split("\n") if item.choices else [],
    )


@query(permission=Permission.LISTS_READ, label="List checklists")
def list_checklists(work: Work) -> list[ChecklistRecord]:
    """List the checklists a job can begin with, with their lines."""
    lines: dict[int, list[ItemRow]] = defaultdict(list)
    ordered = select(ChecklistItem).order_by(ChecklistItem.position, ChecklistItem.id)
    for item in work.session.scalars(ordered):
        lines[item.checklist_id].append(item_row(item))
    return [
        ChecklistRecord(
            ref=row.ref,
            id=row.id,
            name=row.name,
            items=[line.text for line in lines[row.id]],
            lines=lines[row.id],
            suggested=row.suggested,
        )
        for row in work.session.scalars(select(Checklist).order_by(Checklist.name, Checklist.id))
    ]

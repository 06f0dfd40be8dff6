"""Finding a piece of equipment that is still there."""

from __future__ import annotations

from opsystem.business.equipment.models import Equipment
from opsystem.business.references import number_of
from opsystem.kit.errors import Conflict
from opsystem.operations import Work


def equipment_row(work: Work, reference: str) -> Equipment:
    """Return a piece of equipment that was not taken out. Raises NotFound, Conflict."""
    row = work.get(Equipment, number_of(reference), "equipment")
    if row.removed_at is not None:
        raise Conflict(f"{row.ref} was taken out by {row.removed_by}.", code="taken_out")
    return row

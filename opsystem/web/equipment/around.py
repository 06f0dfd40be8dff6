"""Equipment on the pages of jobs and visits: what stands at the place they are about."""

from __future__ import annotations

from opsystem.business.equipment.queries import list_equipment
from opsystem.business.equipment.records import EquipmentRow
from opsystem.web.door import Door


def equipment_at(door: Door, place: str | None) -> list[EquipmentRow]:
    """Return what stands at a property; nothing where there is none."""
    return door.ask(list_equipment, property=place) if place else []

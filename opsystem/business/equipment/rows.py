"""How equipment is told."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, func, select

from opsystem.business.clients.models import Client, Property
from opsystem.business.equipment.models import Equipment, EquipmentService
from opsystem.business.equipment.records import EquipmentRow, Warranty
from opsystem.business.jobs.scheduling import local_day
from opsystem.kit.refs import make_ref
from opsystem.operations import Work

EquipmentSelect = Select[Equipment, Client, Property]


def equipment_with_all() -> EquipmentSelect:
    """Return the statement that reads equipment with client and place."""
    return (
        select(Equipment, Client, Property)
        .join(Client, Client.id == Equipment.client_id)
        .join(Property, Property.id == Equipment.property_id)
    )


def equipment_rows(work: Work, statement: EquipmentSelect) -> list[EquipmentRow]:
    """Return what is told about equipment, in the statement's order."""
    found = work.session.execute(statement).all()
    last = (
        select(EquipmentService.equipment_id, func.max(EquipmentService.day))
        .where(EquipmentService.equipment_id.in_([row.id for row, *_ in found]))
        .group_by(EquipmentService.equipment_id)
    )
    serviced = dict(work.session.execute(last).all())
    today = local_day(work, work.now)
    return [_row(row, client, place, serviced.get(row.id), today) for row, client, place in found]


def warranty_of(until: date | None, today: date) -> Warranty:
    """Return whether a warranty holds on a day; its last day counts."""
    if until is None:
        return Warranty.UNKNOWN
    return Warranty.HOLDS if until >= today else Warranty.ENDED


def _row(row: Equipment, client: Client, place: Property, last: date | None, today: date) -> EquipmentRow:
    return EquipmentRow(
        ref=row.ref,
        id=row.id,
        title=row.title,
        sort=row.sort,
        place=row.place,
        maker=row.maker,
        model=row.model,
        serial=row.serial,
        installed_on=row.installed_on,
        warranty_until=row.warranty_until,
        warranty=warranty_of(row.warranty_until, today),
        notes=row.notes,
        version=row.version,
        client=client.ref,
        client_id=client.id,
        client_name=client.name,
        property=make_ref("property", place.id),
        property_id=place.id,
        address=place.address,
        last_service=last,
        removed_at=row.removed_at,
        removed_by=row.removed_by,
        removed_reason=row.removed_reason,
    )

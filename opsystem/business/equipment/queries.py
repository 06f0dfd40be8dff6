"""What may be asked about equipment."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.equipment.models import Equipment, EquipmentFile, EquipmentService
from opsystem.business.equipment.records import EquipmentPage, EquipmentRow, ServiceRow
from opsystem.business.equipment.rows import equipment_rows, equipment_with_all
from opsystem.business.files.models import File
from opsystem.business.files.queries import file_rows
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.references import ClientRef, EquipmentRef, PropertyRef, number_of
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query


@query(permission=Permission.CLIENTS_READ, label="List equipment")
def list_equipment(
    work: Work,
    *,
    client: ClientRef | None = None,
    property: PropertyRef | None = None,  # noqa: A002
    taken_out: bool = False,
) -> list[EquipmentRow]:
    """List what stands at a client's places or at one of them; with `taken_out`, what does not any more."""
    gone = Equipment.removed_at.is_not(None) if taken_out else Equipment.removed_at.is_(None)
    statement = equipment_with_all().where(gone).order_by(Equipment.property_id, Equipment.sort, Equipment.id)
    if client is not None:
        statement = statement.where(Equipment.client_id == number_of(client))
    if property is not None:
        statement = statement.where(Equipment.property_id == number_of(property))
    return equipment_rows(work, statement.limit(500))


@query(permission=Permission.CLIENTS_READ, label="Show equipment")
def show_equipment(work: Work, *, equipment: EquipmentRef) -> EquipmentPage:
    """Show a piece of equipment, what was done to it the newest first, and its photos and papers."""
    row = work.get(Equipment, number_of(equipment), "equipment")
    done = (
        select(EquipmentService, Visit.id, Job.title)
        .outerjoin(Visit, Visit.id == EquipmentService.visit_id)
        .outerjoin(Job, Job.id == Visit.job_id)
        .where(EquipmentService.equipment_id == row.id)
        .order_by(EquipmentService.day.desc(), EquipmentService.id.desc())
    )
    papers = (
        select(File)
        .join(EquipmentFile, EquipmentFile.file_id == File.id)
        .where(EquipmentFile.equipment_id == row.id, File.removed_at.is_(None))
        .order_by(File.id.desc())
    )
    return EquipmentPage(
        equipment=equipment_rows(work, equipment_with_all().where(Equipment.id == row.id))[0],
        services=[_service(*found) for found in work.session.execute(done)],
        files=file_rows(work, list(work.session.scalars(papers))),
    )


def _service(row: EquipmentService, visit_id: int | None, title: str | None) -> ServiceRow:
    return ServiceRow(
        id=row.id,
        day=row.day,
        words=row.words,
        visit=make_ref("visit", visit_id) if visit_id is not None else None,
        visit_id=visit_id,
        job_title=title or "",
        noted_at=row.noted_at,
        noted_by=row.noted_by,
    )

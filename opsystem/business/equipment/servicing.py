"""What is written down about equipment on the spot: what was done to it, and photos of it."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.equipment.finding import equipment_row
from opsystem.business.equipment.models import Equipment, EquipmentFile, EquipmentService
from opsystem.business.files.finding import present
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.scheduling import local_day
from opsystem.business.references import EquipmentRef, FileRef, VisitRef, number_of
from opsystem.business.wording import Words
from opsystem.kit.errors import Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation


@operation(permission=Permission.VISITS_WORK, effect=Effect.DRAFT, label="Note service")
def note_service(
    work: Work, *, equipment: EquipmentRef, visit: VisitRef | None = None, words: Words = ""
) -> Saved:
    """Write down what was done to a piece of equipment, at a visit or now without one.

    One visit has one entry for each piece: written again, the words are replaced.
    """
    row = equipment_row(work, equipment)
    met = _visit(work, row, visit) if visit is not None else None
    if met is None and not words.strip():
        message = "Say what was done."
        raise Invalid(message, code="no_words", fields={"words": message})
    entry = _known(work, row, met)
    entry.words, entry.noted_at, entry.noted_by = words, work.now, work.actor.name
    work.session.add(entry)
    work.session.flush()
    work.describe(f"Noted service of {row.ref} {row.title}{f' at {met.ref}' if met is not None else ''}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.VISITS_WORK, effect=Effect.DRAFT, label="Add file to equipment")
def attach_to_equipment(work: Work, *, equipment: EquipmentRef, file: FileRef) -> Saved:
    """Say that a photo or paper of the same client shows a piece of equipment: its plate, its manual."""
    row, paper = equipment_row(work, equipment), present(work, file)
    if paper.client_id not in (None, row.client_id):
        owner = work.get(Client, row.client_id, "client").name
        message = f"{paper.ref} is not a file of {owner}."
        raise Invalid(message, code="other_client", fields={"file": message})
    known = select(EquipmentFile.id).where(
        EquipmentFile.equipment_id == row.id, EquipmentFile.file_id == paper.id
    )
    if work.session.scalar(known) is None:
        work.session.add(EquipmentFile(equipment_id=row.id, file_id=paper.id))
        work.session.flush()
    work.describe(f"Added {paper.ref} to {row.ref} {row.title}")
    return Saved(row.ref, row.id)


def _visit(work: Work, row: Equipment, reference: str) -> Visit:
    visit = work.get(Visit, number_of(reference), "visit")
    job = work.get(Job, visit.job_id, "job")
    if job.client_id != row.client_id or (visit.property_id or row.property_id) != row.property_id:
        message = f"{visit.ref} is not at the place where {row.ref} stands."
        raise Invalid(message, code="other_place", fields={"visit": message})
    return visit


def _known(work: Work, row: Equipment, visit: Visit | None) -> EquipmentService:
    if visit is None:
        return EquipmentService(equipment_id=row.id, day=local_day(work, work.now))
    same = select(EquipmentService).where(
        EquipmentService.equipment_id == row.id, EquipmentService.visit_id == visit.id
    )
    begun = min(visit.started_at or visit.starts_at, work.now)
    return work.session.scalars(same).first() or EquipmentService(
        equipment_id=row.id, visit_id=visit.id, day=local_day(work, begun)
    )

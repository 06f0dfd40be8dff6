"""What may be done about sorts of work."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select

from opsystem.business.checklists.models import Checklist
from opsystem.business.jobtypes.models import JobType, JobTypeCertificate, JobTypeSkill
from opsystem.business.references import ChecklistRef, JobTypeRef, number_of
from opsystem.business.skills.operations import SkillNames, skills_named
from opsystem.business.wording import Name
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation

Minutes = Annotated[int, Field(ge=5, le=10_080, description="How long a visit usually takes, in minutes.")]
CertificateNames = Annotated[
    tuple[Name, ...], Field(max_length=20, description="Certificates by name, as in `list_certificates`.")
]


@operation(permission=Permission.LISTS_WRITE, effect=Effect.DRAFT, label="Add job type")
def add_job_type(
    work: Work,
    *,
    name: Name,
    minutes: Minutes = 60,
    checklist: ChecklistRef | None = None,
    skills: SkillNames = (),
    certificates: CertificateNames = (),
) -> Saved:
    """Add a sort of work: how long a visit takes, its checklist, and the skills and certificates it asks for.

    Nobody without them can be assigned; an expired certificate blocks, with the reason.
    """
    _free_name(work, name, None)
    row = JobType(name=name, minutes=minutes, checklist_id=_checklist(work, checklist))
    work.session.add(row)
    work.session.flush()
    _ask_for(work, row, skills, certificates)
    work.describe(f"Added job type {name}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.LISTS_WRITE, effect=Effect.DRAFT, label="Edit job type")
def edit_job_type(
    work: Work,
    *,
    job_type: JobTypeRef,
    name: Name,
    minutes: Minutes = 60,
    checklist: ChecklistRef | None = None,
    skills: SkillNames = (),
    certificates: CertificateNames = (),
) -> Saved:
    """Change a sort of work to exactly this. Jobs keep their checklist; whoever is assigned stays."""
    row = _present(work, job_type)
    _free_name(work, name, row.id)
    row.name, row.minutes, row.checklist_id = name, minutes, _checklist(work, checklist)
    _ask_for(work, row, skills, certificates)
    work.describe(f"Edited job type {name}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.LISTS_WRITE, effect=Effect.DRAFT, label="Remove job type")
def remove_job_type(work: Work, *, job_type: JobTypeRef) -> Saved:
    """Take a sort of work out of the list. Jobs of it stay what they are."""
    row = _present(work, job_type)
    row.removed_at, row.removed_by = work.now, work.actor.name
    work.describe(f"Removed job type {row.name}")
    return Saved(row.ref, row.id)


def _present(work: Work, reference: str) -> JobType:
    row = work.get(JobType, number_of(reference), "job type")
    if row.removed_at is not None:
        raise Conflict(f"{row.name} was removed.", code="removed")
    return row


def _checklist(work: Work, reference: str | None) -> int | None:
    return work.get(Checklist, number_of(reference), "checklist").id if reference is not None else None


def _free_name(work: Work, name: str, own_id: int | None) -> None:
    same = select(JobType.id).where(
        func.lower(JobType.name) == name.lower(), JobType.id != (own_id or 0), JobType.removed_at.is_(None)
    )
    if work.session.scalar(same) is not None:
        message = "There is already a job type of this name."
        raise Invalid(message, code="name_taken", fields={"name": message})


def _ask_for(work: Work, row: JobType, skills: tuple[str, ...], certificates: tuple[str, ...]) -> None:
    wanted = {skill.id for skill in skills_named(work, skills)}
    for known in list(work.session.scalars(select(JobTypeSkill).where(JobTypeSkill.job_type_id == row.id))):
        if known.skill_id in wanted:
            wanted.remove(known.skill_id)
        else:
            work.session.delete(known)
    work.session.add_all(JobTypeSkill(job_type_id=row.id, skill_id=number) for number in sorted(wanted))
    names = {name.lower(): name for name in certificates}
    papers = select(JobTypeCertificate).where(JobTypeCertificate.job_type_id == row.id)
    for paper in list(work.session.scalars(papers)):
        if names.pop(paper.name.lower(), None) is None:
            work.session.delete(paper)
    work.session.flush()
    work.session.add_all(JobTypeCertificate(job_type_id=row.id, name=name) for name in names.values())
    work.session.flush()

"""What may be asked about sorts of work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from opsystem.business.jobtypes.models import JobType, JobTypeCertificate, JobTypeSkill
from opsystem.business.skills.models import Skill
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query


@dataclass(frozen=True)
class JobTypeRow:
    """A sort of work: a visit's usual length, the checklist it begins with, what it asks of people."""

    ref: str
    id: int
    name: str
    minutes: int
    checklist: str | None
    skills: list[str]
    certificates: list[str]


@query(permission=Permission.LISTS_READ, label="List job types")
def list_job_types(work: Work) -> list[JobTypeRow]:
    """List the sorts of work with what each asks for."""
    skills: dict[int, list[str]] = defaultdict(list)
    wanted = select(JobTypeSkill.job_type_id, Skill.name).join(Skill, Skill.id == JobTypeSkill.skill_id)
    for number, name in work.session.execute(wanted.order_by(func.lower(Skill.name))):
        skills[number].append(name)
    papers: dict[int, list[str]] = defaultdict(list)
    for paper in work.session.scalars(select(JobTypeCertificate).order_by(JobTypeCertificate.name)):
        papers[paper.job_type_id].append(paper.name)
    rows = select(JobType).where(JobType.removed_at.is_(None)).order_by(JobType.name, JobType.id)
    return [
        JobTypeRow(
            ref=row.ref,
            id=row.id,
            name=row.name,
            minutes=row.minutes,
            checklist=make_ref("checklist", row.checklist_id) if row.checklist_id is not None else None,
            skills=skills[row.id],
            certificates=papers[row.id],
        )
        for row in work.session.scalars(rows)
    ]

"""Who may be sent: what a sort of work asks of people, and who lacks it on the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from opsystem.business.certificates.queries import why_not_valid
from opsystem.business.jobtypes.models import JobType, JobTypeCertificate, JobTypeSkill
from opsystem.business.skills.models import MemberSkill, Skill
from opsystem.business.team.models import Member
from opsystem.kit.errors import Conflict
from opsystem.operations import Work


def obstacles(work: Work, job_type_id: int | None, people: Sequence[Member], day: date) -> list[str]:
    """Return in sentences why these people may not do work of this sort on a day; none when they may.

    A certificate the business holds itself serves for everybody; once it has ended, nobody may go.
    """
    if job_type_id is None:
        return []
    found: list[str] = []
    names = select(JobTypeCertificate.name).where(JobTypeCertificate.job_type_id == job_type_id)
    for name in work.session.scalars(names.order_by(JobTypeCertificate.name)):
        found += why_not_valid(work, name, people, day)
    wanted = (
        select(Skill.id, Skill.name)
        .join(JobTypeSkill, JobTypeSkill.skill_id == Skill.id)
        .where(JobTypeSkill.job_type_id == job_type_id)
        .order_by(func.lower(Skill.name))
    )
    for skill_id, skill in work.session.execute(wanted).all():
        able = set(
            work.session.scalars(select(MemberSkill.member_id).where(MemberSkill.skill_id == skill_id))
        )
        found += [f"{one.name} does not have the skill “{skill}”." for one in people if one.id not in able]
    return found


def refuse_unfit(work: Work, job_type_id: int | None, people: Sequence[Member], day: date) -> None:
    """Raise Conflict with the reasons when somebody may not do this sort of work on a day."""
    found = obstacles(work, job_type_id, people, day)
    if found and job_type_id is not None:
        name = work.session.scalar(select(JobType.name).where(JobType.id == job_type_id))
        message = " ".join(found)
        raise Conflict(f"{message} “{name}” asks for it.", code="not_fit", fields={"members": message})

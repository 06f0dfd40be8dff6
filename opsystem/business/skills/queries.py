"""What may be asked about skills."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from opsystem.business.skills.models import MemberSkill, Skill
from opsystem.business.team.models import Member
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query


@dataclass(frozen=True)
class SkillRow:
    """A skill and who has it."""

    ref: str
    id: int
    name: str
    members: list[str]


@query(permission=Permission.TEAM_READ, label="List skills")
def list_skills(work: Work) -> list[SkillRow]:
    """List the skills with the people of the team who have them."""
    have: dict[int, list[str]] = defaultdict(list)
    able = (
        select(MemberSkill.skill_id, Member.id)
        .join(Member, Member.id == MemberSkill.member_id)
        .where(Member.removed_at.is_(None))
        .order_by(Member.id)
    )
    for skill_id, member_id in work.session.execute(able):
        have[skill_id].append(make_ref("member", member_id))
    rows = work.session.scalars(select(Skill).order_by(func.lower(Skill.name)))
    return [SkillRow(row.ref, row.id, row.name, have[row.id]) for row in rows]

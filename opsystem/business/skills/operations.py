"""What may be done about skills."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.references import MemberRef, number_of
from opsystem.business.skills.models import MemberSkill, Skill
from opsystem.business.team.models import Member
from opsystem.business.wording import Name
from opsystem.operations import Effect, Permission, Saved, Work, operation

SkillNames = Annotated[
    tuple[Name, ...],
    Field(max_length=50, description="Skills by name; a new one is added to the list."),
]


@operation(permission=Permission.TEAM_MANAGE, effect=Effect.COMMIT, label="Set skills")
def set_skills(work: Work, *, member: MemberRef, skills: SkillNames) -> Saved:
    """Say what somebody can do: exactly these skills."""
    person = work.get(Member, number_of(member), "person on the team")
    wanted = {row.id for row in skills_named(work, skills)}
    known = list(work.session.scalars(select(MemberSkill).where(MemberSkill.member_id == person.id)))
    for row in known:
        if row.skill_id not in wanted:
            work.session.delete(row)
    new = wanted - {row.skill_id for row in known}
    work.session.add_all(
        MemberSkill(member_id=person.id, skill_id=number, since=work.now) for number in sorted(new)
    )
    work.describe(f"Set the skills of {person.name}: {', '.join(dict.fromkeys(skills)) or 'none'}")
    return Saved(person.ref, person.id)


def skills_named(work: Work, names: tuple[str, ...]) -> list[Skill]:
    """Return skills by name, adding those that are not there yet; capitals do not matter."""
    rows = []
    for name in {one.lower(): one for one in names}.values():
        row = work.session.scalars(select(Skill).where(Skill.name == name)).one_or_none()
        if row is None:
            row = Skill(name=name)
            work.session.add(row)
            work.session.flush()
        rows.append(row)
    return rows

"""Skills, and who has them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class Skill(Record):
    """Something people of the team can do (`Gas lines`)."""

    __tablename__ = "skill"
    __table_args__ = table_options()
    kind: ClassVar[str] = "skill"

    name: Mapped[str] = mapped_column(String(collation="NOCASE"), unique=True)


class MemberSkill(Record):
    """A person of the team has a skill."""

    __tablename__ = "member_skill"
    __table_args__ = (UniqueConstraint("member_id", "skill_id"), table_options())

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), index=True)
    since: Mapped[datetime]

"""Sorts of work, and what each asks of whoever does it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class JobType(Record):
    """A sort of work (`Water heater`), with what a job of it begins with. `minutes` is a visit's length."""

    __tablename__ = "job_type"
    __table_args__ = table_options()
    kind: ClassVar[str] = "job_type"

    name: Mapped[str] = mapped_column(String(collation="NOCASE"))
    minutes: Mapped[int] = mapped_column(server_default="60")
    checklist_id: Mapped[int | None] = mapped_column(ForeignKey("checklist.id"))
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]


class JobTypeSkill(Record):
    """Whoever does this sort of work needs a skill."""

    __tablename__ = "job_type_skill"
    __table_args__ = (UniqueConstraint("job_type_id", "skill_id"), table_options())

    job_type_id: Mapped[int] = mapped_column(ForeignKey("job_type.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"))


class JobTypeCertificate(Record):
    """This sort of work needs a certificate of this name, of the person or of the business."""

    __tablename__ = "job_type_certificate"
    __table_args__ = (UniqueConstraint("job_type_id", "name"), table_options())

    job_type_id: Mapped[int] = mapped_column(ForeignKey("job_type.id"))
    name: Mapped[str] = mapped_column(String(collation="NOCASE"))

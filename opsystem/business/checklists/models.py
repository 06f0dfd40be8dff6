"""Checklists that a job can begin with."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class Checklist(Record):
    """A named list of things to do."""

    __tablename__ = "checklist"
    __table_args__ = table_options()
    kind: ClassVar[str] = "checklist"

    name: Mapped[str]
    suggested: Mapped[bool] = mapped_column(server_default="0")


class ChecklistItem(Record):
    """One line of a checklist."""

    __tablename__ = "checklist_item"
    __table_args__ = table_options()

    checklist_id: Mapped[int] = mapped_column(ForeignKey("checklist.id"), index=True)
    position: Mapped[int]
    text: Mapped[str]
    # What the line wants to be told: tick, photo, reading, text or choice.
    asks: Mapped[str] = mapped_column(server_default="tick")
    required: Mapped[bool] = mapped_column(server_default="0")
    unit: Mapped[str] = mapped_column(server_default="")
    # What a reading may be, in thousandths of its unit; None without such a limit.
    least_milli: Mapped[int | None]
    most_milli: Mapped[int | None]
    # What may be chosen, one a line.
    choices: Mapped[str] = mapped_column(server_default="")

"""Expenses."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options
from opsystem.vault import SearchRule


class Expense(Record):
    """Money spent, in US cents. What stands in the books is corrected by another entry, never in place.

    It belongs to the business: when a client is erased the job is forgotten and the amount stays.
    """

    __tablename__ = "expense"
    __table_args__ = (
        Index("ix_expense_day", "day"),
        table_options(
            search=SearchRule(
                "expense",
                "{row}.what",
                "{row}.category || ' ' || {row}.paid_to",
                where="{row}.voided_at IS NULL",
            )
        ),
    )
    kind: ClassVar[str] = "expense"

    day: Mapped[date]
    what: Mapped[str]
    cents: Mapped[int]
    category: Mapped[str] = mapped_column(server_default="")
    paid_to: Mapped[str] = mapped_column(server_default="")
    # How it was paid: bank, cash, later (a bill), or out of somebody's own pocket.
    paid_by: Mapped[str]
    # Who put it out of the own pocket, and who wrote it down; both are people of the team.
    owed_to_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    version: Mapped[int] = mapped_column(server_default="1")
    at: Mapped[datetime]
    by: Mapped[str]
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[str | None]
    void_reason: Mapped[str] = mapped_column(server_default="")

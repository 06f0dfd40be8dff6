"""Licences, certificates and insurances."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options
from opsystem.vault import SearchRule


class Certificate(Record):
    """A paper that ends some day. Without a member it is the business's own."""

    __tablename__ = "certificate"
    __table_args__ = table_options(
        search=SearchRule(
            "certificate",
            "{row}.name",
            "{row}.number || ' ' || {row}.issuer",
            where="{row}.removed_at IS NULL",
        )
    )
    kind: ClassVar[str] = "certificate"

    # What job types ask for by name, however it is written.
    name: Mapped[str] = mapped_column(String(collation="NOCASE"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    number: Mapped[str] = mapped_column(server_default="")
    issuer: Mapped[str] = mapped_column(server_default="")
    # The last day it counts; None for one that never ends.
    expires_on: Mapped[date | None] = mapped_column(index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    added_at: Mapped[datetime]
    added_by: Mapped[str]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]

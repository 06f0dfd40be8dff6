"""The people of the business."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy.orm import Mapped

from opsystem.business.record import Record, table_options
from opsystem.vault import SearchRule


class Member(Record):
    """A person who works here. `account_id` is None until the person has joined."""

    __tablename__ = "member"
    __table_args__ = table_options(
        search=SearchRule("member", "{row}.name", "{row}.email || ' ' || coalesce({row}.phone, '')")
    )
    kind: ClassVar[str] = "member"

    account_id: Mapped[str | None]
    name: Mapped[str]
    email: Mapped[str]
    role: Mapped[str]
    phone: Mapped[str | None]
    joined_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]

"""Tags, who has them, and saved views."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class Tag(Record):
    """A word that marks clients."""

    __tablename__ = "tag"
    __table_args__ = table_options()
    kind: ClassVar[str] = "tag"

    name: Mapped[str] = mapped_column(String(collation="NOCASE"), unique=True)


class Tagging(Record):
    """A client has a tag."""

    __tablename__ = "tagging"
    __table_args__ = (
        UniqueConstraint("client_id", "tag_id"),
        Index("ix_tagging_tag", "tag_id", "client_id"),
        table_options(client="{row}.client_id"),
    )

    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))


class View(Record):
    """A list as somebody wants to see it again: the filters of its address. Without a member it is shared."""

    __tablename__ = "saved_view"
    __table_args__ = table_options()
    kind: ClassVar[str] = "view"

    of: Mapped[str]
    name: Mapped[str]
    filters: Mapped[str]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    created_at: Mapped[datetime]

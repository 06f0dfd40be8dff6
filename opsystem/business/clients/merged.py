"""Clients that were two and are one: which number went, and into which client."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options
from opsystem.operations import Work


class Merger(Record):
    """A client went up in another; its number is kept, so that old references still lead somewhere."""

    __tablename__ = "merger"
    __table_args__ = table_options(client="{row}.client_id")

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    gone_id: Mapped[int] = mapped_column(index=True)
    gone_name: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class NotSame(Record):
    """Two clients look alike and are not the same: somebody said so, and they are not shown again."""

    __tablename__ = "not_same"
    __table_args__ = (
        Index("ix_not_same", "client_id", "other_id"),
        table_options(client="{row}.client_id"),
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[str]


def numbers_of(work: Work, client_id: int) -> list[int]:
    """Return the number of a client and of those that went up in it."""
    gone = work.session.scalars(select(Merger.gone_id).where(Merger.client_id == client_id))
    return [client_id, *gone]


def merged_into(work: Work, gone_id: int) -> int | None:
    """Return into which client a number went up, or None."""
    return work.session.scalar(select(Merger.client_id).where(Merger.gone_id == gone_id).limit(1))

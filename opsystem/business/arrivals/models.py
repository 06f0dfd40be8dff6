"""An archive on its way in. It is of this installation: it stays when the rows around it are replaced."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options

_WHY = "an archive on its way in"


class Arrival(Record):
    """One archive somebody brings.

    States: receiving, waiting, checking, loading, settling (its rows are in), done, refused, dropped.
    `due_at` is when the worker looks at it next. Sizes are in bytes.
    """

    __tablename__ = "arrival"
    __table_args__ = table_options(journal=False, local=True, why=_WHY)

    begun_at: Mapped[datetime]
    account_id: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="receiving")
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(server_default="0")
    size: Mapped[int]
    received: Mapped[int] = mapped_column(server_default="0")
    # Bytes checked or loaded so far, and how many there are of it.
    done: Mapped[int] = mapped_column(server_default="0")
    total: Mapped[int] = mapped_column(server_default="0")
    problem: Mapped[str | None]
    # Who brings it is this member of the team that came with it.
    member_id: Mapped[int | None]


class ArrivalPart(Record):
    """A piece of an archive, as it was received: a content of the store for arrivals, from byte `at` on."""

    __tablename__ = "arrival_part"
    __table_args__ = (
        UniqueConstraint("arrival_id", "at"),
        table_options(journal=False, local=True, why=_WHY),
    )

    arrival_id: Mapped[int] = mapped_column(ForeignKey("arrival.id"))
    at: Mapped[int]
    size: Mapped[int]
    content_id: Mapped[str]

"""What can be booked online."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class Service(Record):
    """Work that can be booked online. `price_cents` is from how much it is done; None says nothing of it."""

    __tablename__ = "service"
    __table_args__ = table_options()

    name: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    minutes: Mapped[int]
    price_cents: Mapped[int | None]
    # What is asked about this work, beside what is always asked.
    question: Mapped[str] = mapped_column(server_default="")
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]

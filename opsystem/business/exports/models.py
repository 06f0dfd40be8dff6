"""An export on its way. It belongs to this installation: it is in no export itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class Export(Record):
    """One asked-for export.

    States: waiting, making, ready, fetched (whole, its link is spent), gone, failed. `due_at` is when the
    worker looks at it next. The file lies in the vault's parcels; of its link only the hash is known.
    """

    __tablename__ = "export"
    __table_args__ = table_options(
        journal=False, local=True, why="an archive on its way out, gone after a day"
    )

    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    account_id: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="waiting")
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(server_default="0")
    # Bytes made so far, and about how many it will be.
    done: Mapped[int] = mapped_column(server_default="0")
    total: Mapped[int] = mapped_column(server_default="0")
    files: Mapped[int] = mapped_column(server_default="0")
    made_at: Mapped[datetime | None]
    content_id: Mapped[str | None]
    size: Mapped[int] = mapped_column(server_default="0")
    expires_at: Mapped[datetime | None]
    link_hash: Mapped[str | None]
    # How much of it, from the start, has left by the present link.
    fetched: Mapped[int] = mapped_column(server_default="0")
    problem: Mapped[str | None]

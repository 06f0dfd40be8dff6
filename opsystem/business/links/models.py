"""Links of clients, where they were opened, and codes that prove an address: hashes only, no secret."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class ClientLink(Record):
    """A link given to a client. `about` is where it leads (`Q-12`); with `only` it shows nothing else."""

    __tablename__ = "client_link"
    __table_args__ = table_options(client="{row}.client_id")
    kind: ClassVar[str] = "link"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    about: Mapped[str | None]
    only: Mapped[bool] = mapped_column(server_default="0")
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]

    def is_open(self, at: datetime) -> bool:
        """Whether it leads anywhere at this moment."""
        return self.revoked_at is None and at < self.expires_at


class LinkOpening(Record):
    """One browser in which a link was opened: a hash of what the browser was given, and how often."""

    __tablename__ = "link_opening"
    __table_args__ = (
        UniqueConstraint("link_id", "browser"),
        table_options(
            client="(SELECT client_id FROM client_link WHERE id = {row}.link_id)",
            journal=False,
            local=True,
            why="how often a link was opened here: counted, and nobody's act",
        ),
    )

    link_id: Mapped[int] = mapped_column(ForeignKey("client_link.id", ondelete="CASCADE"))
    browser: Mapped[str]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    times: Mapped[int] = mapped_column(server_default="1")
    # Until when this browser has proved by a code that the client himself sits at it.
    proved_until: Mapped[datetime | None]


class ContactCode(Record):
    """A code sent to a phone or email address, to prove that somebody reads there. It serves once."""

    __tablename__ = "contact_code"
    __table_args__ = (
        Index("ix_contact_code_address", "address_digest", "made_at"),
        table_options(journal=False, local=True, why="codes that live for minutes"),
    )

    purpose: Mapped[str]
    salt: Mapped[str]
    address_digest: Mapped[str]
    code_digest: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(index=True)
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(server_default="0")
    used_at: Mapped[datetime | None]

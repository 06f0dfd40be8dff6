"""Clients, their properties, and notes."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options
from opsystem.vault import SearchRule

# A phone is found by the beginning of its digits, of those after the area code, and of the last four,
# so however it is typed: 2285550142, (228) 555-0142, 5550142, 0142.
_PHONE = (
    "coalesce(substr({row}.phone, 3) || ' ' || substr({row}.phone, 6) || ' ' || substr({row}.phone, 9), '')"
)


class Client(Record):
    """Whom the business works for."""

    __tablename__ = "client"
    __table_args__ = (
        Index("ix_client_name", "archived_at", "name"),
        Index("ix_client_phone", "phone"),
        Index("ix_client_email", "email"),
        table_options(
            client="{row}.id",
            search=SearchRule(
                "client",
                "{row}.name || ' ' || coalesce({row}.company, '')",
                _PHONE + " || ' ' || coalesce({row}.email, '') || ' ' || {row}.notes",
                client="{row}.id",
            ),
        ),
    )
    kind: ClassVar[str] = "client"

    # Sorted as people look a name up: "de Vries" stands beside "Devlin".
    name: Mapped[str] = mapped_column(String(collation="NOCASE"))
    company: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    notes: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime]
    # Set when the client has told us to stop texts or emails; nothing is sent from then on.
    sms_stopped_at: Mapped[datetime | None]
    mail_stopped_at: Mapped[datetime | None]
    # Where invoices go when not to the client's own name and place.
    bill_name: Mapped[str] = mapped_column(server_default="")
    bill_street: Mapped[str] = mapped_column(server_default="")
    bill_city: Mapped[str] = mapped_column(server_default="")
    bill_state: Mapped[str] = mapped_column(server_default="")
    bill_postcode: Mapped[str] = mapped_column(server_default="")
    # Since when nothing is booked for this client any more, and why.
    refused_at: Mapped[datetime | None]
    refused_by: Mapped[str | None]
    refused_reason: Mapped[str] = mapped_column(server_default="")
    archived_at: Mapped[datetime | None]
    archived_by: Mapped[str | None]


class Archival(Record):
    """One time a client was put away, and when it was taken out again: kept, so that the past can be told."""

    __tablename__ = "archival"
    __table_args__ = table_options(client="{row}.client_id")

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    back_at: Mapped[datetime | None]
    back_by: Mapped[str | None]


class Property(Record):
    """A place where work is done for a client."""

    __tablename__ = "property"
    __table_args__ = (
        # Answers "in which city is this client" without looking a row up.
        Index("ix_property_client", "client_id", "removed_at", "id", "city"),
        table_options(
            client="{row}.client_id",
            search=SearchRule(
                "property",
                "{row}.street || ', ' || {row}.city",
                # Access notes are not found by words: what is hidden until the day must not be guessed here.
                "{row}.label || ' ' || {row}.state || ' ' || {row}.postcode"
                " || ' ' || (SELECT name FROM client WHERE id = {row}.client_id)",
                client="{row}.client_id",
                where="{row}.removed_at IS NULL",
            ),
        ),
    )
    kind: ClassVar[str] = "property"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    label: Mapped[str] = mapped_column(server_default="")
    street: Mapped[str]
    city: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="")
    postcode: Mapped[str] = mapped_column(server_default="")
    access_notes: Mapped[str] = mapped_column(server_default="")
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]

    @property
    def address(self) -> str:
        """The address on one line."""
        place = " ".join(part for part in (self.state, self.postcode) if part)
        return ", ".join(part for part in (self.street, self.city, place) if part)


class Note(Record):
    """Something written down about a client, or about one of its jobs."""

    __tablename__ = "note"
    __table_args__ = table_options(
        client="{row}.client_id",
        search=SearchRule("note", "substr({row}.body, 1, 80)", "{row}.body", client="{row}.client_id"),
    )
    kind: ClassVar[str] = "note"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
    body: Mapped[str]
    author: Mapped[str]
    created_at: Mapped[datetime]

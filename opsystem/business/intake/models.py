"""Requests for work."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.clients.standing import Makes, Standing
from opsystem.business.record import Record, table_options
from opsystem.vault import SearchRule


class Request(Record):
    """Somebody asks for work. Each step it led to stands on it: the job, the look at it, the no."""

    __tablename__ = "work_request"
    __table_args__ = table_options(
        client="{row}.client_id",
        standing=Makes(Standing.LEAD, "Asked for work", at="{row}.received_at", by="{row}.received_by"),
        search=SearchRule(
            "request",
            "{row}.title",
            "{row}.details || ' ' || (SELECT name FROM client WHERE id = {row}.client_id)",
            client="{row}.client_id",
        ),
    )
    kind: ClassVar[str] = "request"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    property_id: Mapped[int | None] = mapped_column(ForeignKey("property.id"))
    title: Mapped[str]
    details: Mapped[str] = mapped_column(server_default="")
    # The times that would suit, in the client's own words.
    wished: Mapped[str] = mapped_column(server_default="")
    source: Mapped[str]
    received_at: Mapped[datetime]
    received_by: Mapped[str]
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    taken_at: Mapped[datetime | None]
    taken_by: Mapped[str | None]
    declined_at: Mapped[datetime | None]
    declined_by: Mapped[str | None]
    decline_reason: Mapped[str] = mapped_column(server_default="")


class RequestPhoto(Record):
    """A photo or file that came with a request."""

    __tablename__ = "request_photo"
    __table_args__ = (
        UniqueConstraint("request_id", "file_id"),
        table_options(client="(SELECT client_id FROM work_request WHERE id = {row}.request_id)"),
    )

    request_id: Mapped[int] = mapped_column(ForeignKey("work_request.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"))

"""Equipment, its photos, and what was done to it at visits."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options
from opsystem.vault import SearchRule

_CLIENT = "(SELECT client_id FROM equipment WHERE id = {row}.equipment_id)"


class Equipment(Record):
    """A thing at a client's property that is looked after: a water heater, a roof, a pump.

    `version` grows with every edit. One that was taken out stays, with its history.
    """

    __tablename__ = "equipment"
    __table_args__ = (
        Index("ix_equipment_property", "property_id", "removed_at"),
        table_options(
            client="{row}.client_id",
            search=SearchRule(
                "equipment",
                "{row}.sort || ' ' || {row}.maker || ' ' || {row}.model",
                "{row}.serial || ' ' || {row}.place || ' ' || {row}.notes"
                " || ' ' || (SELECT name FROM client WHERE id = {row}.client_id)",
                client="{row}.client_id",
            ),
        ),
    )
    kind: ClassVar[str] = "equipment"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"))
    # What it is in the trade's words (`Water heater`), and where it stands (`Basement`).
    sort: Mapped[str]
    place: Mapped[str] = mapped_column(server_default="")
    maker: Mapped[str] = mapped_column(server_default="")
    model: Mapped[str] = mapped_column(server_default="")
    serial: Mapped[str] = mapped_column(server_default="")
    installed_on: Mapped[date | None]
    warranty_until: Mapped[date | None]
    notes: Mapped[str] = mapped_column(server_default="")
    version: Mapped[int] = mapped_column(server_default="1")
    added_at: Mapped[datetime]
    added_by: Mapped[str]
    changed_by: Mapped[str]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]
    removed_reason: Mapped[str] = mapped_column(server_default="")

    @property
    def title(self) -> str:
        """What it is called in one line: sort, maker and model."""
        return " ".join(part for part in (self.sort, self.maker, self.model) if part)


class EquipmentService(Record):
    """What was done to a piece of equipment, at a visit or noted without one. The day is the business's."""

    __tablename__ = "equipment_service"
    __table_args__ = (UniqueConstraint("equipment_id", "visit_id"), table_options(client=_CLIENT))

    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    day: Mapped[date]
    words: Mapped[str] = mapped_column(server_default="")
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]


class EquipmentFile(Record):
    """A photo or paper of a piece of equipment: its plate, its manual, its warranty."""

    __tablename__ = "equipment_file"
    __table_args__ = (UniqueConstraint("equipment_id", "file_id"), table_options(client=_CLIENT))

    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), index=True)

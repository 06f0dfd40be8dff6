"""Where properties lie."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class Location(Record):
    """Where a property lies, in millionths of a degree (WGS 84).

    `address` is the one it was noted for: a property that moved to another address has no place on the
    map until it is noted again.
    """

    __tablename__ = "location"
    __table_args__ = table_options(client="(SELECT client_id FROM property WHERE id = {row}.property_id)")

    property_id: Mapped[int] = mapped_column(ForeignKey("property.id"), unique=True)
    latitude_e6: Mapped[int]
    longitude_e6: Mapped[int]
    address: Mapped[str]

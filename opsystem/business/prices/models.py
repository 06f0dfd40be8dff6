"""The price list."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options
from opsystem.vault import SearchRule


class Price(Record):
    """Something the business charges for. Amounts are US cents for one unit."""

    __tablename__ = "price"
    __table_args__ = table_options(
        search=SearchRule("price", "{row}.name", "{row}.category", where="{row}.removed_at IS NULL")
    )
    kind: ClassVar[str] = "price"

    name: Mapped[str]
    category: Mapped[str] = mapped_column(server_default="")
    unit: Mapped[str] = mapped_column(server_default="each")
    price_cents: Mapped[int]
    cost_cents: Mapped[int | None]
    taxable: Mapped[bool] = mapped_column(server_default="0")
    minutes: Mapped[int | None]
    # True while the amount is our suggestion that the owner has not confirmed.
    suggested: Mapped[bool] = mapped_column(server_default="0")
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]

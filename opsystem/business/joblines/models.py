"""The lines of a job."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class JobLine(Record):
    """Something a job is billed for. Amounts are US cents for one unit, quantities thousandths.

    Name and amounts are copies: a change of the price list never reaches a line. `version` grows with
    every edit, so that whoever saves an older state is told. `invoiced_milli` is how much of the quantity
    stands on an invoice; the rest is open. `discount_cents` is the line's share of a quote's discount,
    for its whole quantity.
    """

    __tablename__ = "job_line"
    __table_args__ = table_options(client="(SELECT client_id FROM job WHERE id = {row}.job_id)")

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), index=True)
    position: Mapped[int]
    price_id: Mapped[int | None] = mapped_column(ForeignKey("price.id"))
    # The line of the accepted quote this came from, if it did.
    quote_line_id: Mapped[int | None] = mapped_column(index=True)
    description: Mapped[str]
    quantity_milli: Mapped[int]
    unit: Mapped[str] = mapped_column(server_default="each")
    unit_cents: Mapped[int]
    cost_cents: Mapped[int | None]
    taxable: Mapped[bool] = mapped_column(server_default="0")
    discount_cents: Mapped[int] = mapped_column(server_default="0")
    invoiced_milli: Mapped[int] = mapped_column(server_default="0")
    version: Mapped[int] = mapped_column(server_default="1")
    added_at: Mapped[datetime]
    added_by: Mapped[str]

    @property
    def open_milli(self) -> int:
        """How much of the quantity is not invoiced yet, in thousandths."""
        return self.quantity_milli - self.invoiced_milli

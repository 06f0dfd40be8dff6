"""Rates of sales tax, and the certificates of clients who pay none."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class TaxRate(Record):
    """One jurisdiction's rate, in thousandths of a percent (8250 is 8.25 %).

    It applies to a property whose state, city and ZIP code fit; an empty field fits every place.
    A change of rate is a new row with a later `valid_from`: what was invoiced keeps its own.
    """

    __tablename__ = "tax_rate"
    __table_args__ = table_options()
    kind: ClassVar[str] = "tax"

    name: Mapped[str]
    milli_percent: Mapped[int]
    state: Mapped[str] = mapped_column(server_default="")
    # For people only: counties have no place in a US postal address, so ZIP codes decide.
    county: Mapped[str] = mapped_column(server_default="")
    city: Mapped[str] = mapped_column(server_default="")
    # Beginnings of ZIP codes, separated by spaces; empty fits every one.
    postcodes: Mapped[str] = mapped_column(server_default="")
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]


class TaxExemption(Record):
    """A client pays no sales tax from a day until a day, by a certificate on file."""

    __tablename__ = "tax_exemption"
    __table_args__ = table_options(client="{row}.client_id")

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    certificate: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True)
    state: Mapped[str] = mapped_column(server_default="")
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]

"""The evidence of an acceptance."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class Acceptance(Record):
    """What a client agreed to, when, from where, and how it was signed. One a quote, never changed.

    `lines` holds the numbers of the optional lines chosen, as JSON. `document_hash` is the SHA-256 of
    the quote as it was sent, `agreement_hash` that of everything here together. Amounts are US cents.
    `on_behalf` says that somebody of the team noted what the client said.
    """

    __tablename__ = "acceptance"
    __table_args__ = table_options(client="(SELECT client_id FROM quote WHERE id = {row}.quote_id)")

    quote_id: Mapped[int] = mapped_column(ForeignKey("quote.id"), unique=True)
    option_id: Mapped[int] = mapped_column(ForeignKey("quote_option.id"))
    lines: Mapped[str]
    name: Mapped[str]
    # Strokes on a field of 1000 by 400, as the path of an SVG; empty for a typed name.
    signature: Mapped[str] = mapped_column(server_default="")
    terms_version: Mapped[int]
    ip: Mapped[str] = mapped_column(server_default="")
    device: Mapped[str] = mapped_column(server_default="")
    document_hash: Mapped[str]
    pdf_hash: Mapped[str | None]
    agreement_hash: Mapped[str]
    total_cents: Mapped[int]
    # What was asked for on acceptance, and whether the client wants to pay the whole at once.
    deposit_cents: Mapped[int]
    pays_all: Mapped[bool] = mapped_column(server_default="0")
    on_behalf: Mapped[bool]
    accepted_at: Mapped[datetime]
    accepted_by: Mapped[str]

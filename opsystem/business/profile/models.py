"""The business's profile: one row."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options


class Profile(Record):
    """Who the business is, and how it sends. There is exactly one row, number 1."""

    __tablename__ = "profile"
    __table_args__ = table_options()

    name: Mapped[str]
    phone: Mapped[str | None]
    website: Mapped[str | None]
    industry: Mapped[str | None]
    # What stands on papers beside the name: where the business is, and under which licence it works.
    address: Mapped[str] = mapped_column(server_default="")
    licence: Mapped[str] = mapped_column(server_default="")
    colour: Mapped[str] = mapped_column(server_default="#255b9c")
    # The file whose preview is the logo; None while there is none.
    logo_file_id: Mapped[int | None]
    zone: Mapped[str] = mapped_column(server_default="America/Chicago")
    # E.164 number that texts come from, and address that emails come from; None until assigned.
    sms_number: Mapped[str | None]
    mail_address: Mapped[str | None]
    # How long an approved message waits, in seconds, so that it can still be taken back.
    sms_hold: Mapped[int] = mapped_column(server_default="10")
    mail_hold: Mapped[int] = mapped_column(server_default="30")
    # For how many months the journal keeps what things were like before.
    history_months: Mapped[int] = mapped_column(server_default="24")

"""The people of a client."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options
from opsystem.vault import SearchRule

# Found as a client's own numbers are: by the beginning, after the area code, by the last four.
_DIGITS = "coalesce(substr({row}.#, 3) || ' ' || substr({row}.#, 6) || ' ' || substr({row}.#, 9), '')"
_WORDS = "coalesce({row}.email, '') || ' ' || coalesce({row}.other_email, '') || ' ' || {row}.role"
_CLIENT = "(SELECT name FROM client WHERE id = {row}.client_id)"
_BODY = " || ' ' || ".join(
    (_DIGITS.replace("#", "phone"), _DIGITS.replace("#", "other_phone"), _WORDS, _CLIENT)
)


class Person(Record):
    """Somebody at a client who is not the client itself.

    With a `property_id` it is somebody at that place, such as its tenant. `gets_*` say what this person hears
    about instead of the client itself.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_phone", "phone"),
        Index("ix_person_other_phone", "other_phone"),
        Index("ix_person_email", "email"),
        Index("ix_person_other_email", "other_email"),
        table_options(
            client="{row}.client_id",
            search=SearchRule("person", "{row}.name", _BODY, client="{row}.client_id"),
        ),
    )
    kind: ClassVar[str] = "person"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    property_id: Mapped[int | None] = mapped_column(ForeignKey("property.id"), index=True)
    name: Mapped[str]
    role: Mapped[str]
    phone: Mapped[str | None]
    other_phone: Mapped[str | None]
    email: Mapped[str | None]
    other_email: Mapped[str | None]
    gets_visits: Mapped[bool] = mapped_column(server_default="0")
    gets_invoices: Mapped[bool] = mapped_column(server_default="0")
    gets_quotes: Mapped[bool] = mapped_column(server_default="0")
    gets_marketing: Mapped[bool] = mapped_column(server_default="0")

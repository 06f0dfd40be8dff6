"""Custom fields and what stands in them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options

# Whose fields there are, by the kind of record; each has a column in `FieldValue`.
OWNERS = ("client", "property", "job", "member")


class CustomField(Record):
    """One question the business asks of its records. `choices` has one answer a line."""

    __tablename__ = "field"
    __table_args__ = (Index("ix_field_of", "of", "position"), table_options())
    kind: ClassVar[str] = "field"

    of: Mapped[str]
    name: Mapped[str]
    type: Mapped[str]
    choices: Mapped[str] = mapped_column(server_default="")
    hint: Mapped[str] = mapped_column(server_default="")
    position: Mapped[int]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None]


class FieldValue(Record):
    """An answer, as text in one form, and as a number where it can be compared.

    Thousandths for numbers, cents for money, days since year 1 for dates.
    """

    __tablename__ = "field_value"
    __table_args__ = (
        *(UniqueConstraint("field_id", f"{owner}_id") for owner in OWNERS),
        *(Index(f"ix_field_value_{owner}", f"{owner}_id") for owner in OWNERS),
        table_options(
            client="coalesce({row}.client_id,"
            " (SELECT client_id FROM property WHERE id = {row}.property_id),"
            " (SELECT client_id FROM job WHERE id = {row}.job_id))"
        ),
    )

    field_id: Mapped[int] = mapped_column(ForeignKey("field.id"))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    property_id: Mapped[int | None] = mapped_column(ForeignKey("property.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    text: Mapped[str]
    number: Mapped[int | None]

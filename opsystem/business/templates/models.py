"""Message templates."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from opsystem.business.record import Record, table_options
from opsystem.vault import SearchRule


class Template(Record):
    """A text or email with blanks like `{first}`; `key` says what it is for (`on_my_way`)."""

    __tablename__ = "template"
    __table_args__ = table_options(search=SearchRule("template", "{row}.name", "{row}.body"))
    kind: ClassVar[str] = "template"

    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    channel: Mapped[str] = mapped_column(server_default="sms")
    subject: Mapped[str] = mapped_column(server_default="")
    body: Mapped[str]
    suggested: Mapped[bool] = mapped_column(server_default="0")

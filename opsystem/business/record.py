"""The base of every table of the trade."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from opsystem.kit.refs import make_ref
from opsystem.vault import Moment, new_metadata


class Record(DeclarativeBase):
    """A row of a vault: numbered once for ever, so that people can say its number."""

    metadata: ClassVar[MetaData] = new_metadata()
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Moment}

    # The kind of a reference (`client` in `C-12`); empty for rows people never name.
    kind: ClassVar[str] = ""

    id: Mapped[int] = mapped_column(primary_key=True)

    @property
    def ref(self) -> str:
        """The reference people say (`C-12`)."""
        return make_ref(self.kind, self.id)


def table_options(**info: Any) -> dict[str, Any]:
    """Return the options of a table: numbers are never used twice; `info` is read by the vault's schema."""
    return {"sqlite_autoincrement": True, "info": info}

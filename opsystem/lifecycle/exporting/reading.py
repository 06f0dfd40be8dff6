"""Reading a whole vault a little at a time, and the words its values are written in for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select
from sqlalchemy.orm import InstrumentedAttribute

from opsystem.business.profile.models import Profile
from opsystem.kit import clock
from opsystem.kit.errors import NotFound
from opsystem.kit.phone import show_phone
from opsystem.lifecycle.exporting.source import Source

# A statement of whatever columns and entities.
AnySelect = Select[*tuple[Any, ...]]
AnyRow = Row[*tuple[Any, ...]]

BATCH = 200


def in_batches(
    source: Source,
    statement: AnySelect,
    key: InstrumentedAttribute[int] | ColumnElement[Any],
    *,
    size: int = BATCH,
) -> Iterator[list[AnyRow]]:
    """Yield the rows of a statement by its unique `key`, which must be its first column or its entity's."""
    last: Any = None
    while True:
        page = statement.order_by(key).limit(size).add_columns(key.label("export_key"))
        if last is not None:
            page = page.where(key > last)
        rows = list(source.session.execute(page).all())
        if rows:
            yield rows
            last = rows[-1].export_key
        if len(rows) < size:
            return


@dataclass(frozen=True)
class Words:
    """How values are written for people: times in the zone of the business."""

    business: str
    zone: str

    @classmethod
    def of(cls, source: Source) -> Words:
        """Return the words of a business. Raises NotFound in a vault that has none."""
        profile = source.session.get(Profile, 1)
        if profile is None:
            raise NotFound("This vault has no business yet.", code="no_profile")
        return cls(profile.name, profile.zone)

    def at(self, moment: datetime | None) -> str:
        """Return a moment as spreadsheets take it: `2026-11-24 09:00`."""
        return "" if moment is None else f"{clock.local(moment, self.zone):%Y-%m-%d %H:%M}"

    def day(self, moment: datetime | None) -> str:
        """Return a moment as people read it: `Tue, Nov 24, 2026, 9:00 am`."""
        if moment is None:
            return ""
        wall = clock.local(moment, self.zone)
        return f"{wall:%a, %b} {wall.day}, {wall.year}, {self.time(moment)}"

    def time(self, moment: datetime) -> str:
        """Return the time of day of a moment: `9:00 am`."""
        wall = clock.local(moment, self.zone)
        return f"{wall.hour % 12 or 12}:{wall:%M} {'am' if wall.hour < 12 else 'pm'}"

    def phone(self, number: str | None) -> str:
        """Return a number as people write it."""
        return show_phone(number) if number else ""

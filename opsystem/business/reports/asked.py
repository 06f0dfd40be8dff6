"""What is asked of a report, and the days of its groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from opsystem.business.reports.records import By
from opsystem.business.tags.models import Tag, Tagging

PERIODS = (By.WEEK, By.MONTH)
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Asked:
    """The days, both included, the grouping, and whose: of one client, tag or person only, if named."""

    since: date
    until: date
    by: By
    client_id: int | None = None
    member_id: int | None = None
    tag: str = ""

    def of(self, client: ColumnElement[Any] | InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
        """Return the conditions over a column of clients' numbers: the named one, those with the tag."""
        wanted = [client == self.client_id] if self.client_id is not None else []
        if self.tag:
            tagged = select(Tagging.client_id).join(Tag, Tag.id == Tagging.tag_id)
            wanted.append(client.in_(tagged.where(Tag.name == self.tag)))
        return wanted


def key_of_day(by: By, day: date) -> str:
    """Return the group a day belongs to: the Monday of its week, or its month as `2026-11`."""
    return f"{day:%Y-%m}" if by is By.MONTH else (day - timedelta(days=day.weekday())).isoformat()


def key_in_sql(by: By, day: InstrumentedAttribute[date]) -> ColumnElement[str]:
    """Return the same as an expression over a column of days."""
    if by is By.MONTH:
        return func.strftime("%Y-%m", day)
    # The Sunday on or after it, and from there back to the Monday.
    return func.date(day, "weekday 0", "-6 days")


def name_of_period(by: By, key: str) -> str:
    """Return how people call a group of days: `Nov 2026`, or `Nov 16` for the week from that Monday."""
    if by is By.MONTH:
        return f"{date.fromisoformat(f'{key}-01'):%b %Y}"
    monday = date.fromisoformat(key)
    return f"{monday:%b} {monday.day}"


def keys_between(by: By, since: date, until: date) -> list[str]:
    """Return the groups of all days from one to another, also those in which nothing happened."""
    if by is By.WEEK:
        first = since - timedelta(days=since.weekday())
        return [(first + _WEEK * n).isoformat() for n in range((until - first).days // 7 + 1)]
    months = (until.year - since.year) * 12 + until.month - since.month
    counted = (since.year * 12 + since.month - 1 + n for n in range(months + 1))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in counted]

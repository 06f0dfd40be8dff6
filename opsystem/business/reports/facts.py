"""Facts: the rows a report is the sum of. Either a statement, summed by the database, or rows already read.

A statement gives the columns `key`, `name`, `day`, `ref`, `about`, `client_id`, `client_name`, and then one
for each value, in the order of the report's columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from sqlalchemy import Select, func, select

from opsystem.business.reports.records import ReportLine, ReportRow
from opsystem.kit.refs import make_ref
from opsystem.operations import Work

_ABOUT = 7
_AT_ONCE = 500


class Facts(Protocol):
    """What every report can be asked."""

    def lines(self) -> list[ReportLine]:
        """Return the sums of each group."""

    def rows(self, key: str | None, first: int, most: int) -> list[ReportRow]:
        """Return rows, of one group or of all, newest first."""

    def each(self, key: str | None) -> Iterator[ReportRow]:
        """Yield the same rows one by one, however many there are."""

    def sums(self, key: str | None) -> tuple[int, list[int]]:
        """Return how many rows there are, of one group or of all, and the sums of their values."""


@dataclass(frozen=True)
class Selected:
    """Facts as a statement to a vault."""

    work: Work
    statement: Select[*tuple[Any, ...]]

    def lines(self) -> list[ReportLine]:
        """Return the sums of each group."""
        rows = self.statement.subquery()
        key, name, *_ = rows.c
        grouped = select(key, func.max(name), *_sums(list(rows.c))).group_by(key)
        found = self.work.session.execute(grouped)
        return [ReportLine(key, name, [value or 0 for value in values]) for key, name, *values in found]

    def rows(self, key: str | None, first: int, most: int) -> list[ReportRow]:
        """Return rows, of one group or of all, newest first."""
        wanted = self._newest(key).limit(most).offset(first)
        return [_row(row) for row in self.work.session.execute(wanted)]

    def each(self, key: str | None) -> Iterator[ReportRow]:
        """Yield the same rows one by one, however many there are."""
        wanted = self._newest(key).execution_options(yield_per=_AT_ONCE)
        return (_row(row) for row in self.work.session.execute(wanted))

    def _newest(self, key: str | None) -> Select[*tuple[Any, ...]]:
        inner = self.statement.subquery()
        wanted = select(inner).order_by(inner.c.day.desc(), inner.c.ref.desc())
        return wanted.where(inner.c.key == key) if key is not None else wanted

    def sums(self, key: str | None) -> tuple[int, list[int]]:
        """Return how many rows there are, of one group or of all, and the sums of their values."""
        rows = self.statement.subquery()
        summed = select(func.count(), *_sums(list(rows.c))).select_from(rows)
        if key is not None:
            summed = summed.where(rows.c.key == key)
        total, *values = self.work.session.execute(summed).one()
        return total, [value or 0 for value in values]


@dataclass(frozen=True)
class Gathered:
    """Facts as rows, for reports whose values no statement can work out."""

    found: Sequence[ReportRow]

    def lines(self) -> list[ReportLine]:
        """Return the sums of each group."""
        groups: dict[str, list[ReportRow]] = {}
        for row in self.found:
            groups.setdefault(row.key, []).append(row)
        return [ReportLine(key, rows[0].name, _added(rows)) for key, rows in groups.items()]

    def rows(self, key: str | None, first: int, most: int) -> list[ReportRow]:
        """Return rows, of one group or of all, newest first."""
        return list(islice(self.each(key), first, first + most))

    def each(self, key: str | None) -> Iterator[ReportRow]:
        """Yield the same rows one by one, however many there are."""
        return iter(sorted(self._of(key), key=lambda row: (str(row.day or ""), row.ref), reverse=True))

    def sums(self, key: str | None) -> tuple[int, list[int]]:
        """Return how many rows there are, of one group or of all, and the sums of their values."""
        rows = list(self._of(key))
        return len(rows), _added(rows)

    def _of(self, key: str | None) -> Iterator[ReportRow]:
        return (row for row in self.found if key is None or row.key == key)


def _sums(columns: list[Any]) -> list[Any]:
    return [func.sum(column) for column in columns[_ABOUT:]]


def _added(rows: Sequence[ReportRow]) -> list[int]:
    return [sum(values) for values in zip(*(row.values for row in rows), strict=True)]


def _row(row: Any) -> ReportRow:
    key, name, day, ref, about, client_id, client_name, *values = row
    client = make_ref("client", client_id) if client_id is not None else None
    return ReportRow(key, name, day, ref, about, client, client_name, [value or 0 for value in values])

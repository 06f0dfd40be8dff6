"""Reports as CSV: the same columns in the same order always, money as dollars with a point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from opsystem.business.reports.kinds import KINDS
from opsystem.business.reports.queries import show_report, take_report_rows
from opsystem.business.reports.records import Column, Unit
from opsystem.operations import Permission
from opsystem.vault.archives.csv_cells import Cell, csv_pieces
from opsystem.web.door import Door, business_page
from opsystem.web.reports.wanted import given, name_of

_OF_ROW = ("key", "name", "day", "ref", "about", "client", "client_name")
_TENTHS = {Unit.MONEY: 2, Unit.SHARE: 1, Unit.QUANTITY: 3}


@business_page(Permission.REPORTS_READ)
def lines(door: Door, report: str) -> HttpResponse:
    """Give the lines of a report."""
    found = door.ask(show_report, report=name_of(report), **given(door))
    cells = ((line.key, line.name, *_values(found.columns, line.values)) for line in found.lines)
    return _csv(f"{found.title} {found.since} to {found.until}", ("key", "name"), found.columns, cells)


@business_page(Permission.REPORTS_READ)
def rows(door: Door, report: str) -> HttpResponse:
    """Give every record behind a report, or behind one of its lines."""
    name, asked = name_of(report), given(door)
    key = {"key": door.request.GET["key"]} if door.request.GET.get("key") else {}
    found, kind = door.ask(take_report_rows, report=name, **asked, **key), KINDS[name]
    cells = (
        (row.key, row.name, row.day, row.ref, row.about, row.client, row.client_name,
         *_values(kind.columns, row.values))
        for row in found
    )  # fmt: skip
    return _csv(f"{kind.title}, rows", _OF_ROW, kind.columns, cells)


def _values(columns: Sequence[Column], values: Sequence[int]) -> list[str]:
    return [in_figures(value, column.unit) for column, value in zip(columns, values, strict=True)]


def in_figures(value: int, unit: Unit) -> str:
    """Return a value as spreadsheets read it: dollars, percent and units with a point, whole minutes."""
    digits = _TENTHS.get(unit, 0)
    if not digits:
        return str(value)
    whole, rest = divmod(abs(value), 10**digits)
    return f"{'-' if value < 0 else ''}{whole}.{rest:0{digits}d}"


def _csv(
    title: str, first: Sequence[str], columns: Sequence[Column], cells: Iterable[Sequence[Cell]]
) -> HttpResponse:
    header = [*first, *(column.key for column in columns)]
    answer = HttpResponse(b"".join(csv_pieces(header, cells)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{title}.csv"'
    return answer

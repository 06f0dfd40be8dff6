"""Reports as CSV: the same columns in the same order always, money as dollars with a point."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.reports.kinds import KINDS
from opsystem.business.reports.queries import show_report
from opsystem.business.reports.taking import in_columns, report_rows_csv
from opsystem.operations import Permission
from opsystem.vault.archives.csv_cells import csv_pieces
from opsystem.web.door import Door, business_page
from opsystem.web.reports.wanted import given, name_of


@business_page(Permission.REPORTS_READ)
def lines(door: Door, report: str) -> HttpResponse:
    """Give the lines of a report."""
    found = door.ask(show_report, report=name_of(report), **given(door))
    header = ["key", "name", *(column.key for column in found.columns)]
    cells = ((line.key, line.name, *in_columns(found.columns, line.values)) for line in found.lines)
    return _csv(f"{found.title} {found.since} to {found.until}", b"".join(csv_pieces(header, cells)))


@business_page(Permission.REPORTS_READ)
def rows(door: Door, report: str) -> HttpResponse:
    """Give every record behind a report, or behind one of its lines."""
    name, asked = name_of(report), given(door)
    key = {"key": door.request.GET["key"]} if door.request.GET.get("key") else {}
    table = door.ask(report_rows_csv, report=name, **asked, **key)
    return _csv(f"{KINDS[name].title}, rows", table.encode())


def _csv(title: str, table: bytes) -> HttpResponse:
    answer = HttpResponse(table, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{title}.csv"'
    return answer

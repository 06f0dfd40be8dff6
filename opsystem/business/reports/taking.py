"""Reports to take along: every row behind one, at once or as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from opsystem.business.references import ClientRef, MemberRef
from opsystem.business.reports.queries import Key, asked_of
from opsystem.business.reports.records import By, Column, ReportName, ReportRow, Unit
from opsystem.business.wording import Line
from opsystem.kit.errors import Invalid
from opsystem.operations import Permission, Work, query
from opsystem.vault.archives.csv_cells import Cell, csv_pieces

MOST_ROWS = 50_000
_OF_ROW = ("key", "name", "day", "ref", "about", "client", "client_name")
_DIGITS = {Unit.MONEY: 2, Unit.SHARE: 1, Unit.QUANTITY: 3}


@query(permission=Permission.REPORTS_READ, label="Take along rows of report", assistant=False)
def take_report_rows(
    work: Work,
    *,
    report: ReportName,
    since: date | None = None,
    until: date | None = None,
    by: By | None = None,
    key: Key | None = None,
    client: ClientRef | None = None,
    member: MemberRef | None = None,
    tag: Line = "",
) -> list[ReportRow]:
    """Return all records behind a report at once, at most 50,000: too many words for a talk with Claude."""
    kind, asked = asked_of(work, report, since, until, by, client, member, tag)
    return list(_refuse_beyond(kind.facts(work, asked).each(key)))


@query(permission=Permission.REPORTS_READ, label="Take along rows of report as CSV", assistant=False)
def report_rows_csv(
    work: Work,
    *,
    report: ReportName,
    since: date | None = None,
    until: date | None = None,
    by: By | None = None,
    key: Key | None = None,
    client: ClientRef | None = None,
    member: MemberRef | None = None,
    tag: Line = "",
) -> str:
    """Return all records behind a report as CSV, at most 50,000: columns in an order that never changes.

    Money is dollars with a point. Rows are written as they are read, so only the text is ever in memory,
    and no slow line holds up the vault.
    """
    kind, asked = asked_of(work, report, since, until, by, client, member, tag)
    cells = (
        (row.key, row.name, row.day, row.ref, row.about, row.client, row.client_name,
         *in_columns(kind.columns, row.values))
        for row in _refuse_beyond(kind.facts(work, asked).each(key))
    )  # fmt: skip
    header = [*_OF_ROW, *(column.key for column in kind.columns)]
    return b"".join(csv_pieces(header, cells)).decode()


def _refuse_beyond(rows: Iterator[ReportRow]) -> Iterator[ReportRow]:
    """Yield rows. Raises Invalid when there are more than may be taken along."""
    for number, row in enumerate(rows):
        if number == MOST_ROWS:
            message = f"These are more than {MOST_ROWS:,} rows. Choose fewer days."
            raise Invalid(message, code="too_many_rows", fields={"until": message})
        yield row


def in_columns(columns: Sequence[Column], values: Sequence[int]) -> list[Cell]:
    """Return values as spreadsheets read them: dollars, percent and units with a point, whole minutes."""
    return [in_figures(value, column.unit) for column, value in zip(columns, values, strict=True)]


def in_figures(value: int, unit: Unit) -> str:
    """Return one of them."""
    digits = _DIGITS.get(unit, 0)
    if not digits:
        return str(value)
    whole, rest = divmod(abs(value), 10**digits)
    return f"{'-' if value < 0 else ''}{whole}.{rest:0{digits}d}"

"""Which values of a report are drawn, and in which colours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from opsystem.business.reports.records import By, Report, ReportLine, ReportName
from opsystem.web.reports.drawn import Drawing, Series
from opsystem.web.reports.lying import lying
from opsystem.web.reports.scale import full
from opsystem.web.reports.standing import standing

Address = Callable[[str], str]


@dataclass(frozen=True)
class Picture:
    """What is drawn of a report: `columns` beside one another over time, `main` for groups of another sort.

    With `mirror` the second column hangs below nothing. `tones` are the colours of the columns, or of the
    groups when `by_line`.
    """

    columns: tuple[str, ...]
    main: tuple[str, ...]
    tones: tuple[str, ...] = ("1",)
    mirror: bool = False
    by_line: bool = False


PICTURES: dict[ReportName, Picture] = {
    ReportName.REVENUE: Picture(("earned",), ("earned",)),
    ReportName.CASH: Picture(("in", "out"), ("net",), ("2", "4"), mirror=True),
    ReportName.RECEIVABLES: Picture((), ("owed",), ("1", "3", "3", "4", "4"), by_line=True),
    ReportName.BILLED: Picture(("invoiced", "paid"), ("invoiced",), ("1", "2")),
    ReportName.QUOTES: Picture(("sent", "won"), ("won_value",), ("5", "2")),
    ReportName.JOBS: Picture((), ("jobs",), ("6",)),
    ReportName.HOURS: Picture(("work", "travel"), ("work", "travel"), ("1", "3")),
    ReportName.SERVICES: Picture((), ("sold",), ("5",)),
    ReportName.MARGINS: Picture(("revenue", "margin"), ("margin",), ("1", "2")),
}
_PERIODS = (By.WEEK, By.MONTH)


def series_of(report: Report) -> list[Series]:
    """Return what is drawn of a report as it is grouped."""
    picture = PICTURES[report.report]
    wanted = picture.columns if report.by in _PERIODS else picture.main
    places = {column.key: place for place, column in enumerate(report.columns)}
    return [
        Series(report.columns[places[key]], places[key], picture.tones[number % len(picture.tones)])
        for number, key in enumerate(wanted)
    ]


def draw(report: Report, address: Address, *, wide: bool = False) -> Drawing:
    """Return the chart of a report. `address` gives where a line's rows are found by its key."""
    picture, series = PICTURES[report.report], series_of(report)
    says = f"{report.title}. " + "; ".join(_said(line, series) for line in report.lines[:60]) + "."
    if report.by in _PERIODS:
        return standing(report.lines, series, address, says, mirror=picture.mirror, wide=wide)
    tones = picture.tones if picture.by_line and report.by is By.AGE else ()
    return lying(report.lines, series, address, says, tones=tones, wide=wide)


def _said(line: ReportLine, series: list[Series]) -> str:
    values = (f"{one.column.name} {full(line.values[one.place], one.column.unit)}" for one in series)
    return f"{line.name}: {', '.join(values)}"

"""What is told of a report. Values are integers: US cents, minutes, thousandths of a unit, or a count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ReportName(StrEnum):
    """Which report."""

    REVENUE = "revenue"
    CASH = "cash"
    RECEIVABLES = "receivables"
    BILLED = "billed"
    QUOTES = "quotes"
    JOBS = "jobs"
    HOURS = "hours"
    SERVICES = "services"
    MARGINS = "margins"


class By(StrEnum):
    """What a report is grouped by."""

    WEEK = "week"
    MONTH = "month"
    CLIENT = "client"
    JOB = "job"
    SERVICE = "service"
    CATEGORY = "category"
    PERSON = "person"
    SOURCE = "source"
    TYPE = "type"
    STATE = "state"
    AGE = "age"
    EVENT = "event"


class Unit(StrEnum):
    """In what a column counts; `share` is tenths of a percent."""

    MONEY = "money"
    COUNT = "count"
    MINUTES = "minutes"
    QUANTITY = "quantity"
    SHARE = "share"


@dataclass(frozen=True)
class Column:
    """One column of values. `key` never changes, so that spreadsheets can rely on it."""

    key: str
    name: str
    unit: Unit


@dataclass(frozen=True)
class ReportLine:
    """One group: the key its rows are asked for by, and a value for each column."""

    key: str
    name: str
    values: list[int]


@dataclass(frozen=True)
class Report:
    """A report over the days `since` to `until`, both included; `totals` are the sums of its lines.

    `choices` is what else it can be grouped by.
    """

    report: ReportName
    title: str
    about: str
    by: By
    choices: list[By]
    since: date
    until: date
    columns: list[Column]
    lines: list[ReportLine]
    totals: list[int]


@dataclass(frozen=True)
class ReportRow:
    """One record behind a report: the paper it stands on (`I-1042`, `J-7`) and what it adds to the sums."""

    key: str
    name: str
    day: date | None
    ref: str
    about: str
    client: str | None
    client_name: str | None
    values: list[int]


@dataclass(frozen=True)
class ReportRows:
    """A page of the records behind a report or one of its groups; `totals` are over all `total` rows."""

    title: str
    name: str
    columns: list[Column]
    rows: list[ReportRow]
    totals: list[int]
    total: int
    number: int
    size: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))

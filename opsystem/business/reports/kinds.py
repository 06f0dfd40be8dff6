"""All reports: what each is called, what it says, its columns in their fixed order, and its facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from opsystem.business.reports.asked import Asked
from opsystem.business.reports.earned import earned
from opsystem.business.reports.earning import earning
from opsystem.business.reports.facts import Facts
from opsystem.business.reports.moved import billed, moved
from opsystem.business.reports.offered import offered
from opsystem.business.reports.owed import AGES, owed
from opsystem.business.reports.records import By, Column, ReportName, Unit
from opsystem.business.reports.sold import sold
from opsystem.business.reports.stands import STATES, stands
from opsystem.business.reports.worked import worked
from opsystem.operations import Work


@dataclass(frozen=True)
class Kind:
    """One report. `by` is what it can be grouped by, the usual first.

    `share` is one more column, worked out of two others: name, part, whole. `fixed` are groups that always
    stand in this order, also when nothing is in them.
    """

    title: str
    about: str
    columns: tuple[Column, ...]
    by: tuple[By, ...]
    facts: Callable[[Work, Asked], Facts]
    share: tuple[Column, int, int] | None = None
    people: bool = False
    fixed: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> list[Column]:
        """The columns of its lines."""
        return [*self.columns, *([self.share[0]] if self.share else [])]


def _money(key: str, name: str) -> Column:
    return Column(key, name, Unit.MONEY)


def _count(key: str, name: str) -> Column:
    return Column(key, name, Unit.COUNT)


def _minutes(key: str, name: str) -> Column:
    return Column(key, name, Unit.MINUTES)


KINDS: dict[ReportName, Kind] = {
    ReportName.REVENUE: Kind(
        "Revenue", "What you earned: invoices after discounts, less credit notes, before tax.",
        (_money("earned", "Earned"),), (By.WEEK, By.MONTH, By.CLIENT), earned,
    ),
    ReportName.CASH: Kind(
        "Money in and out", "What came into cash, bank and card balance, and what left them.",
        (_money("in", "In"), _money("out", "Out"), _money("net", "Left over")),
        (By.WEEK, By.MONTH, By.EVENT), moved,
    ),
    ReportName.RECEIVABLES: Kind(
        "Receivables by age", "What clients owed at the end of the last day, by how late it was.",
        (_count("invoices", "Invoices"), _money("owed", "Owed")), (By.AGE, By.CLIENT), owed,
        fixed=tuple((key, name) for key, name, _ in AGES),
    ),
    ReportName.BILLED: Kind(
        "Invoiced and paid", "What was invoiced, with tax, what was paid, and what was taken back.",
        (_money("invoiced", "Invoiced"), _money("paid", "Paid"), _money("given_up", "Taken back"),
         _money("change", "More owed")), (By.MONTH, By.WEEK, By.CLIENT), billed,
    ),
    ReportName.QUOTES: Kind(
        "Quotes won", "What became of the quotes sent in these days.",
        (_count("sent", "Sent"), _count("won", "Accepted"), _count("lost", "Lost"),
         _count("open", "Waiting"), _money("value", "Value sent"), _money("won_value", "Value accepted")),
        (By.MONTH, By.WEEK, By.PERSON, By.CLIENT), offered,
        share=(Column("rate", "Accepted of sent", Unit.SHARE), 1, 0),
    ),
    ReportName.JOBS: Kind(
        "Jobs by state", "Every open job, and those done or cancelled in these days.",
        (_count("jobs", "Jobs"),), (By.STATE, By.TYPE), stands,
        fixed=tuple((state.value, name) for state, name in STATES),
    ),
    ReportName.HOURS: Kind(
        "Hours by person", "Hours from the time sheets.",
        (_minutes("travel", "Travel"), _minutes("work", "Work"), _minutes("break", "Break"),
         _minutes("paid", "Travel and work")), (By.PERSON, By.WEEK, By.MONTH, By.JOB), worked,
        people=True,
    ),
    ReportName.SERVICES: Kind(
        "Top services", "What was sold, line by line, after discounts and before tax.",
        (Column("quantity", "Quantity", Unit.QUANTITY), _money("sold", "Sold")),
        (By.SERVICE, By.CATEGORY), sold,
    ),
    ReportName.MARGINS: Kind(
        "Margins", "What jobs finished in these days bring, before tax, less what they cost.",
        (_money("revenue", "Revenue"), _money("parts", "Materials"), _money("labor", "Labor"),
         _money("expenses", "Expenses"), _money("margin", "Margin")),
        (By.SERVICE, By.JOB, By.PERSON, By.SOURCE, By.TYPE, By.CLIENT, By.MONTH, By.WEEK), earning,
        share=(Column("rate", "Margin of revenue", Unit.SHARE), 4, 0), people=True,
    ),
}  # fmt: skip

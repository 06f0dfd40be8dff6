"""Views of reports: all charts on one page, one report with its table, and the rows behind a line."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.reports.queries import list_report_rows, show_report
from opsystem.business.reports.records import By, Report, ReportName
from opsystem.kit.errors import Invalid
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.reports.leading import leads
from opsystem.web.reports.narrowing import narrowing
from opsystem.web.reports.pictures import draw, series_of
from opsystem.web.reports.scale import full
from opsystem.web.reports.wanted import address, given, name_of, spans

BY_WORDS = {
    By.WEEK: "Week", By.MONTH: "Month", By.CLIENT: "Client", By.JOB: "Job", By.SERVICE: "Service",
    By.CATEGORY: "Category", By.PERSON: "Person", By.SOURCE: "Where the work came from",
    By.TYPE: "Sort of work", By.STATE: "State", By.AGE: "How late", By.EVENT: "What happened",
}  # fmt: skip
# What a report without anything waits for.
_NEEDS = {
    ReportName.REVENUE: "one issued invoice", ReportName.CASH: "one payment",
    ReportName.RECEIVABLES: "an invoice that is not paid yet", ReportName.BILLED: "one issued invoice",
    ReportName.QUOTES: "one sent quote", ReportName.JOBS: "one job",
    ReportName.HOURS: "one stretch of time on a time sheet", ReportName.SERVICES: "one issued invoice",
    ReportName.MARGINS: "one finished job with lines or hours",
}  # fmt: skip


@business_page(Permission.REPORTS_READ)
def home(door: Door) -> HttpResponse:
    """Show a chart of each report over the same days."""
    asked = {name: value for name, value in given(door).items() if name in ("since", "until")}
    try:
        reports = [door.ask(show_report, report=name, **asked) for name in ReportName]
        form = FormState(asked)
    except Invalid as problem:
        reports = [door.ask(show_report, report=name) for name in ReportName]
        form, asked = FormState.of(door.request.GET, problem), {}
    context = {
        "form": form,
        "reports": [_shown(door, report, asked) for report in reports],
        "spans": spans(),
        "full": full,
        "days": reports[0],
    }
    return door.page("reports/home.html", context)


@business_page(Permission.REPORTS_READ)
def show(door: Door, report: str) -> HttpResponse:
    """Show one report: its chart, and its table with a way to the rows of each line."""
    name, asked = name_of(report), given(door)
    try:
        found, form = door.ask(show_report, report=name, **asked), None
    except Invalid as problem:
        form, asked = FormState.of(door.request.GET, problem), {}
        found = door.ask(show_report, report=name)
    standing = {"since": found.since, "until": found.until, "by": found.by.value}
    context = {
        **_shown(door, found, asked),
        "form": form or FormState({**asked, **standing}),
        "wide": draw(found, lambda key: address(door, "reports:rows", report, asked, key=key), wide=True),
        "spans": [
            (one, address(door, "reports:show", report, asked, since=str(one.since), until=str(one.until)))
            for one in spans()
        ],
        "choices": [(one.value, BY_WORDS[one]) for one in found.choices],
        "by_words": BY_WORDS[found.by],
        **narrowing(door, name),
        "full": full,
        "csv": address(door, "reports:csv", report, asked),
        "rows_csv": address(door, "reports:rows_csv", report, asked),
        "all_rows": address(door, "reports:rows", report, asked),
    }
    return door.page("reports/show.html", context)


@business_page(Permission.REPORTS_READ)
def rows(door: Door, report: str) -> HttpResponse:
    """Show the records behind a line of a report, or behind all of it."""
    name, asked = name_of(report), given(door)
    key = {"key": door.request.GET["key"]} if door.request.GET.get("key") else {}
    found = door.ask(list_report_rows, report=name, page=door.page_number, **asked, **key)
    number = found.number
    context = {
        "found": found,
        "links": [leads(door, row.ref) for row in found.rows],
        "back": address(door, "reports:show", report, asked),
        "csv": address(door, "reports:rows_csv", report, asked, **key),
        "newer": address(door, "reports:rows", report, asked, page=str(number - 1), **key)
        if number > 1
        else "",
        "older": address(door, "reports:rows", report, asked, page=str(number + 1), **key)
        if number < found.last
        else "",
        "full": full,
    }
    return door.page("reports/rows.html", context)


def _shown(door: Door, report: Report, asked: dict[str, Any]) -> dict[str, Any]:
    name = report.report.value

    def to_rows(key: str) -> str:
        return address(door, "reports:rows", name, asked, key=key)

    return {
        "report": report,
        "drawing": draw(report, to_rows),
        "series": series_of(report),
        "links": [to_rows(line.key) for line in report.lines],
        "page": address(door, "reports:show", name, asked),
        "is_empty": not any(any(line.values) for line in report.lines),
        "needs": _NEEDS[report.report],
    }

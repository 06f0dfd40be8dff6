"""What an address asks of a report: its days, its grouping, whose; and addresses that ask the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.timezone import localtime

from opsystem.business.reports.records import ReportName
from opsystem.kit import clock
from opsystem.kit.errors import NotFound
from opsystem.web.door import Door

_NAMES = ("since", "until", "by", "client", "member", "tag")


def name_of(text: str) -> ReportName:
    """Return the report an address names. Raises NotFound."""
    try:
        return ReportName(text)
    except ValueError as error:
        raise NotFound("There is no such report.", code="no_report") from error


def given(door: Door) -> dict[str, Any]:
    """Return what stands in the address, as the queries want it; what is empty is left out."""
    sent = door.request.GET
    return {name: sent[name].strip() for name in _NAMES if sent.get(name, "").strip()}


def address(door: Door, route: str, report: str, asked: dict[str, Any], **more: str) -> str:
    """Return the address of a page of a report that asks the same."""
    wanted = {name: value for name, value in {**asked, **more}.items() if value not in ("", None)}
    url = door.url(route, report)
    return f"{url}?{urlencode(wanted)}" if wanted else url


@dataclass(frozen=True)
class Span:
    """Days that are often asked for."""

    label: str
    since: date
    until: date


def spans() -> list[Span]:
    """Return the days that are often asked for, until today."""
    today = localtime(clock.now()).date()
    month, year = today.replace(day=1), today.replace(month=1, day=1)
    before = month - timedelta(days=1)
    monday = today - timedelta(days=today.weekday())
    return [
        Span("12 weeks", monday - timedelta(weeks=11), today),
        Span("This month", month, today),
        Span("Last month", before.replace(day=1), before),
        Span("12 months", _year_before(month), today),
        Span("This year", year, today),
        Span("Last year", year.replace(year=year.year - 1), year - timedelta(days=1)),
    ]


def _year_before(month: date) -> date:
    """Return the first day of the eleventh month before, so that twelve months are shown."""
    number = month.year * 12 + month.month - 12
    return date(number // 12, number % 12 + 1, 1)

"""What may be asked of reports: their lines, and the rows behind a line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from opsystem.business.profile.queries import today
from opsystem.business.references import ClientRef, MemberRef, number_of
from opsystem.business.reports.asked import Asked
from opsystem.business.reports.kinds import KINDS, Kind
from opsystem.business.reports.lines import in_order, names_of, with_share
from opsystem.business.reports.records import By, Report, ReportLine, ReportName, ReportRows
from opsystem.business.wording import Line
from opsystem.kit.errors import Invalid
from opsystem.operations import Permission, Work, query

PAGE = 50
_LONGEST = timedelta(days=10 * 366)
# Twelve weeks, this one included.
_USUAL = timedelta(weeks=11)
Key = Annotated[str, Field(max_length=2_000, description="A line's key; every line when left out.")]


@query(permission=Permission.REPORTS_READ, label="Show report")
def show_report(
    work: Work,
    *,
    report: ReportName,
    since: date | None = None,
    until: date | None = None,
    by: By | None = None,
    client: ClientRef | None = None,
    member: MemberRef | None = None,
    tag: Line = "",
) -> Report:
    """Show a report over the days `since` to `until` (the last twelve weeks unless said), both included.

    Money is US cents, time minutes, quantities thousandths, shares tenths of a percent. `receivables` is as
    of the end of `until`; `jobs` counts open jobs as they are now. Each names what it can be grouped by.
    Narrow by a client, by a clients' tag, or (hours, and margins of the jobs somebody worked on) by a person.
    """
    kind, asked = asked_of(work, report, since, until, by, client, member, tag)
    facts = kind.facts(work, asked)
    lines = in_order(kind, asked, facts.lines())
    totals = with_share(kind, ReportLine("", "", facts.sums(None)[1] or [0] * len(kind.columns)))
    return Report(
        report=report,
        title=kind.title,
        about=kind.about,
        by=asked.by,
        choices=list(kind.by),
        since=asked.since,
        until=asked.until,
        columns=kind.shown,
        lines=lines,
        totals=totals.values,
    )


@query(permission=Permission.REPORTS_READ, label="List rows of report")
def list_report_rows(
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
    page: Annotated[int, Field(ge=1, le=100_000)] = 1,
) -> ReportRows:
    """List the records a report, or the line of it with this key, is the sum of: newest first, 50 a page."""
    kind, asked = asked_of(work, report, since, until, by, client, member, tag)
    facts = kind.facts(work, asked)
    rows = facts.rows(key, (page - 1) * PAGE, PAGE)
    total, totals = facts.sums(key)
    name = names_of(kind, asked).get(key or "", rows[0].name if rows and key is not None else "")
    totals = totals or [0] * len(kind.columns)
    return ReportRows(kind.title, name, list(kind.columns), rows, totals, total, page, PAGE)


def asked_of(
    work: Work,
    report: ReportName,
    since: date | None,
    until: date | None,
    by: By | None,
    client: str | None,
    member: str | None,
    tag: str,
) -> tuple[Kind, Asked]:
    """Return what is asked for, made whole. Raises Invalid."""
    kind = KINDS[report]
    last = until or (since if since is not None and since > today(work) else today(work))
    first = since or max(last, date(2000, 4, 1)) - _USUAL
    if not date(2000, 1, 1) <= first <= last <= date(2200, 1, 1) or last - first > _LONGEST:
        message = "Give a first day, and a last day not before it, at most ten years apart."
        raise Invalid(message, code="bad_days", fields={"until": message})
    if by is not None and by not in kind.by:
        message = f"“{kind.title}” can be grouped by {', '.join(kind.by)}."
        raise Invalid(message, code="bad_grouping", fields={"by": message})
    if member is not None and not kind.people:
        message = f"“{kind.title}” cannot be asked of one person."
        raise Invalid(message, code="no_person", fields={"member": message})
    return kind, Asked(
        since=first if since is not None else _monday(first),
        until=last,
        by=by or kind.by[0],
        client_id=number_of(client) if client is not None else None,
        member_id=number_of(member) if member is not None else None,
        tag=tag,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())

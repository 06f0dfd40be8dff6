"""Views of the month, and of the jobs that have no time yet."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.http import HttpResponse
from django.utils.timezone import localtime

from opsystem.business.jobs.queries import list_jobs, list_visits
from opsystem.business.jobs.records import VisitRow
from opsystem.kit import clock
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.schedule.day import day_of


@business_page(Permission.JOBS_READ)
def month(door: Door) -> HttpResponse:
    """Show a month as a table of its weeks."""
    today = localtime(clock.now()).date()
    first = day_of(f"{door.request.GET.get('month', '')}-01", today).replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    start = first - timedelta(days=first.weekday())
    end = after + timedelta(days=-after.weekday() % 7)
    visits: dict[date, list[VisitRow]] = defaultdict(list)
    for row in door.ask(list_visits, since=start, until=end - timedelta(days=1)):
        visits[localtime(row.starts_at).date()].append(row)
    days = [start + timedelta(days=offset) for offset in range((end - start).days)]
    context = {
        "first": first,
        "today": today,
        "weeks": [days[at : at + 7] for at in range(0, len(days), 7)],
        "visits": visits,
        "earlier": f"{first - timedelta(days=1):%Y-%m}",
        "later": f"{after:%Y-%m}",
    }
    return door.page("schedule/month.html", context)


@business_page(Permission.JOBS_WRITE)
def backlog(door: Door) -> HttpResponse:
    """List the jobs that have no time yet, with the way to find one."""
    jobs = door.ask(list_jobs, state="unscheduled", page=door.page_number)
    return door.page("schedule/backlog.html", {"jobs": jobs, "today": localtime(clock.now()).date()})

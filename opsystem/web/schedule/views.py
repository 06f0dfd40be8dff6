"""View of the week."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localtime

from opsystem.business.jobs.queries import list_jobs, list_visits
from opsystem.business.team.queries import list_team
from opsystem.kit import clock
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.schedule.week import days_of, monday_of, span_of, week_name

_FEW_JOBS = 12


@business_page(Permission.JOBS_READ)
def show(door: Door) -> HttpResponse:
    """Show a week of visits by day, of everybody or of one person, and the jobs without a time."""
    get, now = door.request.GET, clock.now()
    this_week = monday_of("", localtime(now).date())
    monday = monday_of(get.get("week", ""), localtime(now).date())
    member = int(get["member"]) if get.get("member", "").isdecimal() else 0
    wanted: dict[str, Any] = {"member": make_ref("member", member)} if member else {}
    visits = door.ask(list_visits, since=monday, until=monday + timedelta(days=6), **wanted)
    sees_all = door.actor.may(Permission.TEAM_READ)
    waiting = door.ask(list_jobs, state="unscheduled") if sees_all else None
    context = {
        "days": days_of(monday, visits, now),
        "total": len(visits),
        "today": localtime(now).date(),
        "span": span_of(monday),
        "weeks": {
            "this": week_name(this_week),
            "shown": week_name(monday),
            "earlier": week_name(monday - timedelta(days=7)),
            "later": week_name(monday + timedelta(days=7)),
        },
        "member": member,
        "people": door.ask(list_team) if sees_all else [],
        "waiting": waiting.rows[:_FEW_JOBS] if waiting else [],
        "waiting_total": waiting.total if waiting else 0,
    }
    return door.page("schedule/week.html", context)

"""The pages of the board: a day in lanes, a week in days; the same for a page and for what replaces it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localtime

from opsystem.business.dispatch.board import board_mark, show_board
from opsystem.business.jobs.queries import list_jobs
from opsystem.business.team.queries import list_team
from opsystem.kit import clock
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.schedule.day import day_board, day_of, days_around
from opsystem.web.schedule.week import days_of, monday_of, span_of, week_name

_FEW_JOBS = 12


@business_page(Permission.JOBS_READ)
def show_day(door: Door) -> HttpResponse:
    """Show a day on the board: a lane for each person."""
    return board_page(door, "day", door.request.GET.get("day", ""), door.request.GET.get("member", ""))


@business_page(Permission.JOBS_READ)
def show_week(door: Door) -> HttpResponse:
    """Show a week by day, of everybody or of one person, and the jobs without a time."""
    return board_page(door, "week", door.request.GET.get("week", ""), door.request.GET.get("member", ""))


def board_page(
    door: Door, view: str, at: str, member: str, told: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Answer with a board, or for htmx with its inside; `told` is a line about what was just done."""
    number = int(member) if member.isdecimal() and len(member) < 16 else 0
    now = clock.now()
    today = localtime(now).date()
    wanted: dict[str, Any] = {"member": make_ref("member", number)} if number else {}
    sees_all = door.actor.may(Permission.TEAM_READ)
    waiting = door.ask(list_jobs, state="unscheduled") if sees_all else None
    context: dict[str, Any] = {
        "view": "day" if view == "day" else "week",
        "told": told,
        "today": today,
        "member": number,
        "people": door.ask(list_team) if sees_all else [],
        "waiting": waiting.rows[:_FEW_JOBS] if waiting else [],
        "waiting_total": waiting.total if waiting else 0,
    }
    if view == "day":
        day = day_of(at, today)
        board = door.ask(show_board, since=day, **wanted)
        mark = door.ask(board_mark, since=day)
        context |= {"day": day, "at": day.isoformat(), "board": day_board(day, board, now), "mark": mark}
        context |= {"around": days_around(day), "total": len(board.visits)}
        return door.page("schedule/day.html", context, status=status)
    monday = monday_of(at, today)
    board = door.ask(show_board, since=monday, until=monday + timedelta(days=6), **wanted)
    mark = door.ask(board_mark, since=monday, until=monday + timedelta(days=6))
    context |= {"days": days_of(monday, board, now), "span": span_of(monday), "mark": mark}
    context |= {
        "at": week_name(monday),
        "total": len(board.visits),
        "weeks": {
            "this": week_name(monday_of("", today)),
            "shown": week_name(monday),
            "earlier": week_name(monday - timedelta(days=7)),
            "later": week_name(monday + timedelta(days=7)),
        },
    }
    return door.page("schedule/week.html", context, status=status)

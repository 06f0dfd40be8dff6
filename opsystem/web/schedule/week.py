"""A week as its page shows it: seven days from Monday, each with its visits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime

from opsystem.business.dispatch.board import Board, BoardVisit
from opsystem.web.jobs.standing import OPEN, clashes, shown_state

_WEEK = re.compile(r"^(\d{4})-W(\d{2})$")


@dataclass(frozen=True)
class Slot:
    """A visit in the week: what its pill says, and who is in two places at once because of it."""

    shown: BoardVisit
    state: str
    movable: bool
    clash: list[str]


@dataclass(frozen=True)
class Day:
    """One day of the week."""

    date: date
    is_today: bool
    is_past: bool
    slots: list[Slot]


def monday_of(text: str, today: date) -> date:
    """Return the Monday of a week like `2026-W48`, or of this week when that is no week."""
    match = _WEEK.match(text)
    if match is not None and 2000 <= int(match[1]) <= 2100:
        try:
            return date.fromisocalendar(int(match[1]), int(match[2]), 1)
        except ValueError:
            # There is no such week in that year: this week is shown.
            return today - timedelta(days=today.weekday())
    return today - timedelta(days=today.weekday())


def week_name(monday: date) -> str:
    """Return a week as the address names it (`2026-W48`)."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def span_of(monday: date) -> str:
    """Return a week as people say it: `Nov 23-29`, `Nov 30-Dec 6`, with an en dash and a year if far."""
    last = monday + timedelta(days=6)
    end = f"{last:%b} {last.day}" if last.month != monday.month else f"{last.day}"
    return f"{monday:%b} {monday.day}\u2013{end}, {last.year}"


def days_of(monday: date, board: Board, now: datetime) -> list[Day]:
    """Return the seven days with their visits, in the current time zone."""
    also, today = clashes(one.visit for one in board.visits), localtime(now).date()
    days = []
    for offset in range(7):
        at = monday + timedelta(days=offset)
        slots = [
            Slot(one, shown_state(one.visit, now), one.visit.state is OPEN[0], also.get(one.visit.id, []))
            for one in board.visits
            if localtime(one.visit.starts_at).date() == at
        ]
        days.append(Day(at, at == today, at < today, slots))
    return days

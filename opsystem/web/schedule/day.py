"""A day as the board shows it: a lane for each person, visits in rows of a quarter of an hour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime

from opsystem.business.dispatch.board import Board, BoardVisit
from opsystem.business.dispatch.records import LaneDay
from opsystem.web import show
from opsystem.web.jobs.standing import OPEN, shown_state

_QUARTER = 15
_FIRST, _LAST = 6 * 4, 20 * 4
_WIDEST = 4


@dataclass(frozen=True)
class Block:
    """A visit in a lane: its first row, how many rows it takes, and its place among those beside it."""

    shown: BoardVisit
    state: str
    movable: bool
    row: int
    rows: int
    beside: str


@dataclass(frozen=True)
class Rest:
    """Time that is not worked: its rows, and why."""

    row: int
    rows: int
    words: str


@dataclass(frozen=True)
class Lane:
    """One person's day; number 0 is for visits nobody goes to yet."""

    number: int
    name: str
    note: str
    blocks: list[Block]
    rests: list[Rest]


@dataclass(frozen=True)
class DayBoard:
    """The lanes of a day. `first` is the quarter of the day that row 1 stands for."""

    first: int
    rows: int
    hours: list[tuple[int, str]]
    lanes: list[Lane]


def day_board(day: date, board: Board, now: datetime) -> DayBoard:
    """Return a day's lanes: nobody's first if there are any, then people by name."""
    spans = {one.visit.id: _span(day, one) for one in board.visits}
    first = min([_FIRST, *(start // 4 * 4 for start, _ in spans.values())])
    last = max([_LAST, *(-(-end // 4) * 4 for _, end in spans.values())])
    people = {lane.member_id: lane for lane in board.lanes}
    names = {number: lane.name for number, lane in people.items()}
    for one in board.visits:
        for person in one.visit.assignees:
            names.setdefault(person.id, person.name)
    lanes = [
        _lane(number, names[number], people.get(number), board, spans, first, last, now) for number in names
    ]
    lanes.sort(key=lambda lane: (lane.name, lane.number))
    unassigned = _lane(0, "Nobody yet", None, board, spans, first, last, now)
    hours = [(row - first + 1, _hour(row // 4)) for row in range(first, last, 4)]
    return DayBoard(first, last - first, hours, [unassigned, *lanes])


def _hour(hour: int) -> str:
    return f"{(hour - 1) % 12 + 1} {'am' if hour < 12 else 'pm'}"


def _span(day: date, one: BoardVisit) -> tuple[int, int]:
    start, end = localtime(one.visit.starts_at), localtime(one.visit.ends_at)
    first = (start.hour * 60 + start.minute) // _QUARTER if start.date() == day else 0
    last = -(-(end.hour * 60 + end.minute) // _QUARTER) if end.date() == day else 96
    return first, max(last, first + 1)


def _lane(
    number: int,
    name: str,
    works: LaneDay | None,
    board: Board,
    spans: dict[int, tuple[int, int]],
    first: int,
    last: int,
    now: datetime,
) -> Lane:
    mine = [one for one in board.visits if _in_lane(one, number)]
    places = _beside([spans[one.visit.id] for one in mine])
    blocks = []
    for one, beside in zip(mine, places, strict=True):
        start, end = spans[one.visit.id]
        state = shown_state(one.visit, now)
        blocks.append(Block(one, state, one.visit.state is OPEN[0], start - first + 1, end - start, beside))
    return Lane(number, name, _note(works), blocks, _rests(works, first, last))


def _in_lane(one: BoardVisit, number: int) -> bool:
    return any(person.id == number for person in one.visit.assignees) or (
        number == 0 and not one.visit.assignees
    )


def _beside(spans: Sequence[tuple[int, int]]) -> list[str]:
    """Return for each stretch its share of the lane (`1-2`: the first half), as those it meets allow."""
    columns: list[int] = []
    for index, (start, _) in enumerate(spans):
        taken = {columns[i] for i in range(index) if spans[i][1] > start}
        columns.append(min((c for c in range(_WIDEST) if c not in taken), default=_WIDEST - 1))
    shares = []
    for index, (start, end) in enumerate(spans):
        met = [columns[i] for i, (other, until) in enumerate(spans) if other < end and start < until]
        shares.append(f"{columns[index] + 1}-{max(met) + 1}")
    return shares


def _note(works: LaneDay | None) -> str:
    if works is None:
        return ""
    if not works.stretches:
        return f"Away: {works.away}" if works.away else "Day off"
    hours = f"{_clock(works.stretches[0][0])} to {_clock(works.stretches[-1][1])}"
    booked = f", {show.minutes(works.booked_minutes)} booked" if works.booked_minutes else ""
    return f"{hours}{booked}"


def _clock(minute: int) -> str:
    hour, rest = divmod(minute, 60)
    return f"{(hour - 1) % 12 + 1}{f':{rest:02}' if rest else ''} {'am' if hour % 24 < 12 else 'pm'}"


def _rests(works: LaneDay | None, first: int, last: int) -> list[Rest]:
    if works is None:
        return []
    edges = [first, *(minute / _QUARTER for stretch in works.stretches for minute in stretch), last]
    return [
        Rest(int(start) - first + 1, int(-(-end // 1)) - int(start), works.away or "Not at work")
        for start, end in _pairs(edges)
        if end - start >= 1
    ]


def _pairs(edges: Sequence[float]) -> Iterable[tuple[float, float]]:
    inside = [min(max(edge, edges[0]), edges[-1]) for edge in edges]
    return zip(inside[::2], inside[1::2], strict=True)


def day_of(text: str, today: date) -> date:
    """Return a day like `2026-11-24`, or today when that is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        # Whatever else stands in the address: today is shown.
        return today
    return day if 2000 <= day.year <= 2100 else today


def days_around(day: date) -> dict[str, str]:
    """Return the day before and the day after, as addresses name them."""
    return {"earlier": (day - timedelta(days=1)).isoformat(), "later": (day + timedelta(days=1)).isoformat()}

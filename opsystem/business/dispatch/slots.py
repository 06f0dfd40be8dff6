"""The best free times for a visit: found in everybody's diary, scored, explained.

The same data give the same answer: whole numbers, and a fixed order where scores are equal (earlier
first, then the lower number of a person). For callers that answer whoever asks, such as online booking:
nothing of other visits but their number is in the answer, and that only in the reasons.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce

from sqlalchemy.orm import Session

from opsystem.business.dispatch.diary import Busy, Diary, open_diary
from opsystem.business.dispatch.gaps import STEP, Gap, gaps
from opsystem.business.dispatch.minutes import moment_of
from opsystem.business.dispatch.records import Slot
from opsystem.business.dispatch.scoring import best_possible, explained, score
from opsystem.business.dispatch.travel import NOWHERE, Spot
from opsystem.business.hours.stretches import Stretch, without
from opsystem.business.hours.windows import usual_window, window_from
from opsystem.kit import clock
from opsystem.kit.refs import make_ref

_OFTEN = 30
_HALF_DAY = 720


@dataclass(frozen=True)
class Wish:
    """What is looked for.

    `members` are the numbers of those who could go: any one of them, or with `together` all at once.
    `earliest` is the minute since 1970 before which nothing starts. `leave_out` are visits to be moved.
    `spread` gives at most one slot for each half of a day, so that three slots are three choices; without
    it every half hour that is free is a slot, for a page that lists them. `between` are the minutes after
    midnight a start may have.
    """

    minutes: int
    members: tuple[int, ...]
    first: date
    last: date
    earliest: int
    spot: Spot = NOWHERE
    together: bool = False
    leave_out: tuple[int, ...] = ()
    most: int = 3
    spread: bool = True
    between: Stretch = (0, 1440)


@dataclass(frozen=True, slots=True)
class _Found:
    points: int
    start: int
    crew: tuple[int, ...]
    gap: Gap
    days_later: int
    booked: int
    worked: int
    half: tuple[int, bool]

    @property
    def rank(self) -> tuple[int, int, tuple[int, ...]]:
        """Its place in the order: the best first."""
        return (-self.points, self.start, self.crew)


def find_slots(session: Session, wish: Wish) -> list[Slot]:
    """Return the best free times, the best first; without `spread` in the order of time."""
    diary = open_diary(session, wish.members, wish.first, wish.last, leave_out=wish.leave_out)
    chosen = _best(diary, wish) if wish.spread else _earliest(diary, wish)
    window = usual_window(session)
    return [_slot(diary, wish, found, window) for found in chosen]


def _best(diary: Diary, wish: Wish) -> list[_Found]:
    best: dict[tuple[int, bool], _Found] = {}
    for days_later, day in enumerate(diary.days):
        if len(best) >= wish.most:
            enough = sorted((one.points for one in best.values()), reverse=True)[wish.most - 1]
            if enough > best_possible(days_later):
                break
        for found in _on(diary, wish, day, days_later):
            held = best.get(found.half)
            if held is None or found.rank < held.rank:
                best[found.half] = found
    return heapq.nsmallest(wish.most, best.values(), key=lambda one: one.rank)


def _earliest(diary: Diary, wish: Wish) -> list[_Found]:
    found: dict[int, _Found] = {}
    for days_later, day in enumerate(diary.days):
        for one in _on(diary, wish, day, days_later):
            held = found.get(one.start)
            if held is None or one.rank < held.rank:
                found[one.start] = one
        if len(found) >= wish.most:
            break
    return [found[start] for start in sorted(found)[: wish.most]]


def _on(diary: Diary, wish: Wish, day: date, days_later: int) -> Iterator[_Found]:
    midnight = diary.midnights[day]
    low, high = midnight + wish.between[0], midnight + wish.between[1]
    for crew in _crews(diary, wish):
        stretches = _common(diary, crew, day)
        worked = sum(end - start for start, end in stretches)
        if worked < wish.minutes:
            continue
        visits = _visits(diary, crew, stretches)
        booked = worked - sum(
            end - start for start, end in without(stretches, [(one.start, one.end) for one in visits])
        )
        for gap in gaps(stretches, visits, wish.spot, wish.minutes, max(wish.earliest, low)):
            for start in _starts(gap, wish):
                if low <= start < high:
                    points = score(gap, start, wish.minutes, days_later, booked, worked)
                    half = (days_later, start - midnight >= _HALF_DAY)
                    yield _Found(points, start, crew, gap, days_later, booked, worked, half)


def _starts(gap: Gap, wish: Wish) -> Sequence[int]:
    if not wish.spread:
        return range(gap.first, gap.last + 1, _OFTEN)
    # Beside what stands before it, beside what stands after it; noon and later is another choice.
    starts = {gap.first, gap.last if gap.after is not None else gap.first}
    midday = [start for start in range(gap.first, gap.last + 1, STEP) if start % (4 * STEP) == 0]
    return sorted({*starts, *midday[len(midday) // 2 : len(midday) // 2 + 1]})


def _crews(diary: Diary, wish: Wish) -> list[tuple[int, ...]]:
    known = [member for member in sorted(set(wish.members)) if member in diary.names]
    return [tuple(known)] if wish.together and known else [(member,) for member in known]


def _common(diary: Diary, crew: tuple[int, ...], day: date) -> list[Stretch]:
    worked = [diary.stretches(member, day) for member in crew]
    return reduce(_both, worked)


def _both(one: list[Stretch], other: list[Stretch]) -> list[Stretch]:
    # What is left of one when all that is not in the other is cut out.
    return without(one, without(one, other))


def _visits(diary: Diary, crew: tuple[int, ...], stretches: list[Stretch]) -> list[Busy]:
    if not stretches:
        return []
    start, end = stretches[0][0] - 4 * STEP, stretches[-1][1] + 4 * STEP
    rows = [row for member in crew for row in diary.between(member, start, end)]
    return rows if len(crew) == 1 else sorted(rows, key=lambda one: (one.start, one.visit))


def _slot(diary: Diary, wish: Wish, found: _Found, window: int) -> Slot:
    parts = explained(
        found.gap, found.start, wish.minutes, found.days_later, found.booked, found.worked, diary.zone
    )
    starts, ends = moment_of(found.start), moment_of(found.start + wish.minutes)
    promised = window_from(starts, window) or (None, None)
    return Slot(
        members=[make_ref("member", one) for one in found.crew],
        names=[diary.names[one] for one in found.crew],
        starts_at=starts,
        ends_at=ends,
        local_start=clock.local(starts, diary.zone),
        local_end=clock.local(ends, diary.zone),
        window_starts_at=promised[0],
        window_ends_at=promised[1],
        score=found.points,
        parts=parts,
        reasons=[part.words for part in parts],
    )

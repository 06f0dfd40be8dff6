"""What speaks against a time: somebody is elsewhere, away, not at work, or cannot get there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from opsystem.business.dispatch.diary import Busy, Diary
from opsystem.business.dispatch.minutes import moment_of, say_clock, say_day
from opsystem.business.dispatch.records import Trouble, TroubleKind
from opsystem.business.dispatch.travel import Spot, way
from opsystem.business.hours.stretches import Stretch, without
from opsystem.kit import clock
from opsystem.kit.refs import make_ref

# As far as a neighbour is looked for whose way could be too long.
_NEARBY = 240


def troubles_of(
    diary: Diary, members: Iterable[int], start: int, end: int, spot: Spot, visit: int | None
) -> list[Trouble]:
    """Return what speaks against people being at `spot` from `start` to `end` (minutes since 1970).

    The diary has to hold the days; `visit` is the one itself, which is not in its own way.
    """
    found: list[Trouble] = []
    for member in members:
        if member in diary.names:
            found += _elsewhere(diary, member, start, end, spot, visit)
            found += _not_at_work(diary, member, start, end)
    return found


def _elsewhere(
    diary: Diary, member: int, start: int, end: int, spot: Spot, visit: int | None
) -> Iterator[Trouble]:
    name = diary.names[member]
    for other in diary.between(member, start - _NEARBY, end + _NEARBY):
        if other.visit == visit:
            continue
        ref = make_ref("visit", other.visit)
        if other.start < end and start < other.end:
            words = f"{name} also has {ref}, {_span(other, diary.zone)}"
            yield _trouble(TroubleKind.OVERLAP, diary, member, words, ref)
            continue
        gap = start - other.end if other.end <= start else other.start - end
        needed = way(other.spot, spot)
        # Two visits back to back are how offices plan; only a way that is known to be long is told.
        if gap < needed.minutes and other.spot.postcode and spot.postcode:
            words = f"{name} has {gap} min between this and {ref}, {needed.words}: about {needed.minutes} min"
            yield _trouble(TroubleKind.TRAVEL, diary, member, words, ref)


def _not_at_work(diary: Diary, member: int, start: int, end: int) -> Iterator[Trouble]:
    name, worked, away = diary.names[member], list[Stretch](), ""
    for day in _days(diary, start, end):
        worked += diary.stretches(member, day)
        away = away or diary.work[member, day].away
    if not without([(start, end)], worked):
        return
    if away:
        yield _trouble(
            TroubleKind.TIME_OFF, diary, member, f"{name} is away on {say_day(start, diary.zone)}: {away}"
        )
    elif not worked:
        yield _trouble(
            TroubleKind.OUTSIDE_HOURS, diary, member, f"{name} does not work on {say_day(start, diary.zone)}"
        )
    else:
        first, last = say_clock(worked[0][0], diary.zone), say_clock(worked[-1][1], diary.zone)
        words = f"Outside the hours of {name}, {first} to {last}"
        yield _trouble(TroubleKind.OUTSIDE_HOURS, diary, member, words)


def _days(diary: Diary, start: int, end: int) -> list[date]:
    first = clock.local(moment_of(start), diary.zone).date()
    last = clock.local(moment_of(end - 1), diary.zone).date()
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return [day for day in days if day in diary.midnights and day in diary.days]


def _trouble(kind: TroubleKind, diary: Diary, member: int, words: str, visit: str | None = None) -> Trouble:
    return Trouble(kind, make_ref("member", member), diary.names[member], words, visit)


def _span(busy: Busy, zone: str) -> str:
    return f"{say_clock(busy.start, zone)} to {say_clock(busy.end, zone)}"

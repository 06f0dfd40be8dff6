"""Gaps: the free time between what somebody is busy with, with the way there and on taken off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opsystem.business.dispatch.diary import Busy
from opsystem.business.dispatch.travel import Spot, Way, way
from opsystem.business.hours.stretches import Stretch

STEP = 15


@dataclass(frozen=True, slots=True)
class Gap:
    """Free time that fits: the first and the last start, and what stands before and after it that day.

    `opens` and `closes` are where the free time itself begins and ends.
    """

    first: int
    last: int
    opens: int
    closes: int
    before: Busy | None
    after: Busy | None
    way_there: Way | None
    way_on: Way | None


def gaps(
    stretches: Sequence[Stretch], visits: Sequence[Busy], spot: Spot, minutes: int, earliest: int
) -> Iterator[Gap]:
    """Yield the gaps of a day that hold a visit of `minutes` at `spot`, none starting before `earliest`.

    `visits` are in the order of their start; they may overlap one another. Starts are whole quarters.
    """
    for opens, closes in stretches:
        cursor, before = opens, None
        for busy in visits:
            if busy.start >= closes:
                gap = _gap(cursor, closes, before, busy, spot, minutes, earliest)
                cursor = closes
                if gap is not None:
                    yield gap
                break
            if busy.start > cursor:
                gap = _gap(cursor, busy.start, before, busy, spot, minutes, earliest)
                if gap is not None:
                    yield gap
            if before is None or busy.end >= before.end:
                before = busy
            cursor = max(cursor, busy.end)
        if cursor < closes:
            gap = _gap(cursor, closes, before, None, spot, minutes, earliest)
            if gap is not None:
                yield gap


def _gap(
    opens: int,
    closes: int,
    before: Busy | None,
    after: Busy | None,
    spot: Spot,
    minutes: int,
    earliest: int,
) -> Gap | None:
    if closes - opens < minutes:
        return None
    there = way(before.spot, spot) if before is not None else None
    onward = way(spot, after.spot) if after is not None else None
    first, last = max(opens, earliest), closes - minutes
    if before is not None and there is not None:
        first = max(first, before.end + there.minutes)
    if after is not None and onward is not None:
        last = min(last, after.start - onward.minutes - minutes)
    first = -(-first // STEP) * STEP
    last = last // STEP * STEP
    return Gap(first, last, opens, closes, before, after, there, onward) if first <= last else None

"""How good a free time is: soon, near what stands beside it, on a light day, without a useless rest.

Points add up to at most 100. Whole numbers only, so that the same data give the same order everywhere.
"""

from __future__ import annotations

from opsystem.business.dispatch.gaps import Gap
from opsystem.business.dispatch.minutes import say_clock, say_length
from opsystem.business.dispatch.records import ScorePart
from opsystem.kit.refs import make_ref

SOON, NEAR, LOAD, FIT = 40, 30, 20, 10
_A_DAY_LATER = 3
_NOTHING_BESIDE = 12
_USEFUL_REST = 60


def best_possible(days_later: int) -> int:
    """Return the most points a start so many days later can have."""
    return soon_points(days_later) + NEAR + LOAD + FIT


def soon_points(days_later: int) -> int:
    """Return the points for being soon."""
    return max(0, SOON - _A_DAY_LATER * days_later)


def near_points(gap: Gap) -> int:
    """Return the points for a short way to or from what stands beside it."""
    ways = [way.minutes for way in (gap.way_there, gap.way_on) if way is not None]
    return max(0, NEAR - min(ways)) if ways else _NOTHING_BESIDE


def load_points(booked: int, worked: int) -> int:
    """Return the points for a light day; both in minutes."""
    return LOAD * max(0, worked - booked) // worked if worked else 0


def fit_points(gap: Gap, start: int, minutes: int) -> int:
    """Return the points for leaving no rest too short to be of use."""
    rests = (start - gap.first, gap.last - start)
    return FIT - sum(FIT // 2 for rest in rests if 0 < rest < _USEFUL_REST) if minutes else 0


def score(gap: Gap, start: int, minutes: int, days_later: int, booked: int, worked: int) -> int:
    """Return all the points of a start in a gap."""
    points = soon_points(days_later) + near_points(gap) + load_points(booked, worked)
    return points + fit_points(gap, start, minutes)


def explained(
    gap: Gap, start: int, minutes: int, days_later: int, booked: int, worked: int, zone: str
) -> list[ScorePart]:
    """Return the parts of a score with their words."""
    soon = {0: "on the first day asked for", 1: "one day later"}.get(days_later, f"{days_later} days later")
    load = f"{say_length(booked)} of {say_length(worked)} booked that day"
    free = f"free from {say_clock(gap.opens, zone)} to {say_clock(gap.closes, zone)}"
    return [
        ScorePart("soon", soon_points(days_later), SOON, soon),
        ScorePart("near", near_points(gap), NEAR, _beside(gap, zone)),
        ScorePart("load", load_points(booked, worked), LOAD, load),
        ScorePart("fit", fit_points(gap, start, minutes), FIT, free),
    ]


def _beside(gap: Gap, zone: str) -> str:
    before, after = gap.way_there, gap.way_on
    if before is not None and gap.before is not None and (after is None or before.minutes <= after.minutes):
        ref = make_ref("visit", gap.before.visit)
        return f"after {ref}, which ends {say_clock(gap.before.end, zone)} {before.words}"
    if after is not None and gap.after is not None:
        ref = make_ref("visit", gap.after.visit)
        return f"before {ref}, which begins {say_clock(gap.after.start, zone)} {after.words}"
    return "nothing else that day"

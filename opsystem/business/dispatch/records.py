"""What is told about placing visits. Moments are aware UTC; `local_*` are the business's wall clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class TroubleKind(StrEnum):
    """Why a time does not suit somebody."""

    OVERLAP = "overlap"
    TIME_OFF = "time_off"
    OUTSIDE_HOURS = "outside_hours"
    TRAVEL = "travel"


@dataclass(frozen=True)
class Trouble:
    """Something that speaks against a time: whose, what, in words, and the other visit if there is one."""

    kind: TroubleKind
    member: str
    member_name: str
    words: str
    visit: str | None = None


@dataclass(frozen=True)
class ScorePart:
    """One part of a slot's score: points out of `most`, and why."""

    name: str
    points: int
    most: int
    words: str


@dataclass(frozen=True)
class Slot:
    """A free time for somebody. `window_*` is what the client would be told; None for the time itself."""

    members: list[str]
    names: list[str]
    starts_at: datetime
    ends_at: datetime
    local_start: datetime
    local_end: datetime
    window_starts_at: datetime | None
    window_ends_at: datetime | None
    score: int
    parts: list[ScorePart]
    reasons: list[str]


@dataclass(frozen=True)
class Slots:
    """The best free times, the best first; when there are none, `none_because` says why."""

    slots: list[Slot]
    none_because: str


@dataclass(frozen=True)
class Placed:
    """A visit has its place. `tell_client` is set when the time the client was told no longer holds."""

    ref: str
    id: int
    job: str
    version: str
    local_start: datetime
    minutes: int
    names: list[str]
    troubles: list[Trouble]
    tell_client: bool


@dataclass(frozen=True)
class PlacedAll:
    """Several visits were placed in one change."""

    placed: list[Placed]


@dataclass(frozen=True)
class LocationSaved:
    """A property has its place on the map, in degrees."""

    property: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class LaneDay:
    """What somebody works on a day, on the wall clock in minutes after midnight, and why not if away."""

    member: str
    member_id: int
    name: str
    day: date
    stretches: list[tuple[int, int]]
    away: str
    booked_minutes: int

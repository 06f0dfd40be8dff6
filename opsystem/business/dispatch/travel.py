"""How far places are apart: a straight line where both are on the map, else whether the postcode is the same.

An estimate to plan by, and said as such. Streets are longer than the line by about a third; in town
one drives some 25 miles an hour.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_EARTH_MILES = 3958.8
_DETOUR = 1.3
_MILES_A_MINUTE = 25 / 60
_PARKING = 5
SAME_POSTCODE, OTHER_POSTCODE, UNKNOWN = 10, 25, 15


@dataclass(frozen=True)
class Spot:
    """Where something is: a property's number, its postcode (plain), and its place on the map if known."""

    property_id: int | None = None
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None


NOWHERE = Spot()


@dataclass(frozen=True)
class Way:
    """How long from one spot to another, and in a few words why that is thought."""

    minutes: int
    words: str


def way(here: Spot, there: Spot) -> Way:
    """Return the estimated way between two spots, in whole minutes."""
    if here.property_id is not None and here.property_id == there.property_id:
        return Way(0, "at the same property")
    miles = miles_between(here, there)
    if miles is not None:
        minutes = _PARKING + round(miles * _DETOUR / _MILES_A_MINUTE)
        return Way(minutes, f"about {miles:.0f} mi away" if miles >= 1 else "less than a mile away")
    if not here.postcode or not there.postcode:
        return Way(UNKNOWN, "at an unknown distance")
    if here.postcode == there.postcode:
        return Way(SAME_POSTCODE, f"in the same ZIP code ({there.postcode})")
    return Way(OTHER_POSTCODE, f"in another ZIP code ({here.postcode})")


def miles_between(here: Spot, there: Spot) -> float | None:
    """Return the straight line between two spots in miles (haversine), or None if one is not on the map."""
    if None in (here.latitude, here.longitude, there.latitude, there.longitude):
        return None
    first, second = math.radians(here.latitude or 0), math.radians(there.latitude or 0)
    across = math.radians((there.longitude or 0) - (here.longitude or 0))
    chord = (
        math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(across / 2) ** 2
    )
    return 2 * _EARTH_MILES * math.asin(min(1.0, math.sqrt(chord)))

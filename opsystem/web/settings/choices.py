"""What a business chooses from: its trade, its time zone."""

from __future__ import annotations

from opsystem.business.packs.contents import trade_packs

OTHER = "other"

# The zones of the United States and its territories, by the names people know.
_ZONES = (
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
    ("America/Puerto_Rico", "Puerto Rico and Virgin Islands"),
    ("Pacific/Guam", "Guam"),
    ("Pacific/Pago_Pago", "American Samoa"),
)
DEFAULT_ZONE = "America/Chicago"


def industries(current: str = "") -> list[tuple[str, str]]:
    """Return the trades by name, then "other"; what a business calls itself otherwise stays among them."""
    known = sorted(((name, pack.title) for name, pack in trade_packs().items()), key=lambda one: one[1])
    known.append((OTHER, "Another trade"))
    if current and current not in dict(known):
        known.append((current, current))
    return known


def zones(current: str = "") -> list[tuple[str, str]]:
    """Return the time zones to choose from; one set otherwise stays among them."""
    known = list(_ZONES)
    if current and current not in dict(known):
        known.append((current, current.replace("_", " ")))
    return known

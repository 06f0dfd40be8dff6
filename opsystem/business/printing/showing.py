"""How days, moments, quantities and addresses stand on paper: in full, since paper is read next year too."""

from __future__ import annotations

from datetime import date, datetime

from opsystem.kit import clock


def day_of(value: date | None) -> str:
    """Return `Nov 23, 2026`, or nothing."""
    return f"{value:%b} {value.day}, {value.year}" if value is not None else ""


def local_day(moment: datetime, zone: str) -> str:
    """Return the day of a moment in the business's zone."""
    return day_of(clock.local(moment, zone).date())


def local_moment(moment: datetime, zone: str) -> str:
    """Return `Nov 23, 2026, 9:05 AM`."""
    return f"{local_day(moment, zone)}, {time_of(clock.local(moment, zone))}"


def time_of(wall: datetime) -> str:
    """Return `9:05 AM` of a local time."""
    return f"{wall.hour % 12 or 12}:{wall:%M %p}"


def quantity(milli: int, unit: str = "") -> str:
    """Return a quantity of thousandths as people write it: `2`, `1.5`, `3 hours`."""
    whole, rest = divmod(abs(milli), 1000)
    digits = f"{'-' if milli < 0 else ''}{whole}" + (f".{rest:03d}".rstrip("0") if rest else "")
    return digits if unit in {"", "each"} else f"{digits} {unit}"


def percent(milli: int) -> str:
    """Return thousandths of a percent as `7.25 %`."""
    return f"{quantity(milli)} %"


def address_lines(street: str, city: str, state: str, postcode: str) -> tuple[str, ...]:
    """Return an address as it stands on an envelope."""
    place = " ".join(part for part in (state, postcode) if part)
    return tuple(line for line in (street, ", ".join(part for part in (city, place) if part)) if line)

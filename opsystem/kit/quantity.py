"""Quantities: integer thousandths, so that 2.5 hours and 0.125 yards are exact."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from opsystem.kit.errors import Invalid

ONE = 1000
MOST = 1_000_000 * ONE

Milli = Annotated[
    int,
    Field(ge=1, le=MOST, description="Quantity in thousandths of a unit: 1000 is one, 2500 two and a half."),
]

_QUANTITY = re.compile(r"^(\d{1,3}(?:,\d{3})+|\d{0,9})(?:\.(\d{0,3}))?$")


def parse_milli(text: str) -> int:
    """Return the thousandths of a quantity as people write it (`2.5`, `1,200`). Raises Invalid."""
    cleaned = text.strip()
    match = _QUANTITY.match(cleaned)
    if match is None or not any(match.groups()):
        raise Invalid("Give a quantity like 2 or 1.5.", code="bad_quantity")
    whole = int((match[1] or "0").replace(",", ""))
    milli = whole * ONE + int((match[2] or "").ljust(3, "0"))
    if not 1 <= milli <= MOST:
        raise Invalid("Give a quantity above 0, at most a million.", code="bad_quantity")
    return milli


def show_milli(milli: int) -> str:
    """Return thousandths as `2`, `2.5` or `0.125`."""
    sign = "-" if milli < 0 else ""
    whole, rest = divmod(abs(milli), ONE)
    return f"{sign}{whole:,}" + (f".{rest:03d}".rstrip("0") if rest else "")

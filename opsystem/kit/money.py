"""Money: integer cents, so that no cent is ever rounded away."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from opsystem.kit.errors import Invalid

Cents = Annotated[int, Field(ge=0, le=100_000_000_00, description="Amount in US cents.")]

_AMOUNT = re.compile(r"^\$?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$")


def parse_cents(text: str) -> int:
    """Return the cents of an amount as people write it (`1,250.50`). Raises Invalid."""
    match = _AMOUNT.match(text.strip())
    if match is None:
        raise Invalid("Give an amount like 125 or 1,250.50.", code="bad_amount")
    return int(match[1].replace(",", "")) * 100 + int((match[2] or "0").ljust(2, "0"))


def show_cents(cents: int) -> str:
    """Return cents as `$1,250.50`."""
    sign = "-" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"

"""Colours a business chooses for itself, made dark enough to be read on white paper."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

PLAIN = "#255b9c"
_HEX = re.compile(r"^#[0-9a-f]{6}$")
# WCAG 2.2, 1.4.3: what text needs against its ground.
_ENOUGH = 4.5
_STEP = 0.96


def _checked(text: str) -> str:
    colour = text.strip().lower()
    if not _HEX.match(colour):
        raise ValueError("Give a colour like #255b9c.")
    return colour


Colour = Annotated[str, AfterValidator(_checked), Field(description="A colour like #255b9c.")]


def contrast_on_white(colour: str) -> float:
    """Return the contrast of a colour like `#255b9c` to white, 1 to 21, by the formula of WCAG 2.2."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def readable_on_white(colour: str) -> str:
    """Return the colour, darkened as little as makes it readable on white (4.5 to 1); its hue stays."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    found = colour
    while contrast_on_white(found) < _ENOUGH:
        parts = [int(part * _STEP) for part in parts]
        found = "#" + "".join(f"{part:02x}" for part in parts)
    return found


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

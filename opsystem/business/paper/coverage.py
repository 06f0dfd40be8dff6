"""Which characters the fonts here have; others are replaced before they reach a page.

PDF/UA refuses a text that has no glyph, so that one emoji in a note would cost the whole invoice.
"""

from __future__ import annotations

import functools
import unicodedata
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
_STANDS_FOR_OTHERS = "□"
_BREAKS = {"\n": "\n", "\r": "", "\t": " "}


@functools.cache
def covered() -> frozenset[int]:
    """Return the numbers of all characters that the fonts have."""
    found: set[int] = set()
    for line in (FONTS / "coverage.txt").read_text().split():
        first, _, last = line.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def printable(text: str) -> str:
    """Return the text without what cannot be printed: signs and marks are left out, letters become `□`."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii() and composed.isprintable():
        return composed
    return "".join(_shown(character) for character in composed)


def _shown(character: str) -> str:
    if character in _BREAKS:
        return _BREAKS[character]
    if unicodedata.category(character)[0] == "C":
        return ""
    if ord(character) in covered():
        return character
    simpler = unicodedata.normalize("NFKD", character)
    if simpler != character and all(ord(one) in covered() for one in simpler):
        return simpler
    return _STANDS_FOR_OTHERS if unicodedata.category(character)[0] in "LN" else ""

"""The lines that vCards and calendars are made of: escaped, and folded at 75 bytes.

Rules: RFC 2426 (vCard 3.0, which every address book takes) and RFC 5545, whose content lines are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_WIDEST: Final = 75
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", ",": "\\,", ";": "\\;"})


def escaped(words: str | None) -> str:
    """Return words as they stand in a value. Controls other than the line break are left out."""
    lines = "\n".join((words or "").splitlines())
    return "".join(letter for letter in lines if letter == "\n" or letter.isprintable()).translate(_ESCAPES)


def line(name: str, *parts: str | None) -> str:
    """Return one line: a name with its parameters, and the parts of its value."""
    return f"{name}:{';'.join(map(escaped, parts))}"


def folded(lines: Iterable[str]) -> bytes:
    """Return lines as a file has them. No letter is cut in two."""
    out = bytearray()
    for whole in lines:
        width = 0
        for letter in whole:
            size = len(letter.encode())
            if width + size > _WIDEST:
                out += b"\r\n "
                width = 1
            out += letter.encode()
            width += size
        out += b"\r\n"
    return bytes(out)

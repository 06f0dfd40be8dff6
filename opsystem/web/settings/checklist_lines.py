"""How the lines of a checklist are typed: `Pressure | reading psi | from 40 | to 80 | required`.

One line for each thing to do, so that a whole list is written, moved and pasted at once. What a
line asks for stands behind bars; a bar or semicolon that belongs to the words has a backslash before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from opsystem.business.checklists.items import Asks
from opsystem.business.checklists.records import ItemRow
from opsystem.kit.errors import Invalid
from opsystem.kit.quantity import show_milli

_BAR, _SEMICOLON = re.compile(r"(?<!\\)\|"), re.compile(r"(?<!\\);")
_NUMBER = re.compile(r"^-?\d{1,10}(\.\d{1,3})?$")
_LIMITS = {"from": "least", "to": "most"}


def typed_lines(lines: Sequence[ItemRow]) -> str:
    """Return lines as a person would type them; `read_lines` reads all of it back."""
    return "\n".join(_typed(line) for line in lines)


def read_lines(text: str) -> list[dict[str, Any]]:
    """Return typed lines as operations take them. Raises Invalid at `items` for what cannot be read."""
    typed = [line.strip() for line in text.splitlines() if line.strip()]
    return [_read(line, number) for number, line in enumerate(typed, start=1)]


def _typed(line: ItemRow) -> str:
    parts = [_guarded(line.text)]
    if line.asks == Asks.CHOICE:
        parts.append("choice " + "; ".join(_guarded(one) for one in line.choices))
    elif line.asks == Asks.READING:
        parts.append(f"reading {_guarded(line.unit)}".strip())
        limits = (("from", line.least_milli), ("to", line.most_milli))
        parts += [f"{word} {show_milli(milli)}" for word, milli in limits if milli is not None]
    elif line.asks != Asks.TICK:
        parts.append(line.asks)
    return " | ".join([*parts, "required"] if line.required else parts)


def _read(line: str, number: int) -> dict[str, Any]:
    words, *parts = (part.strip() for part in _BAR.split(line))
    given: dict[str, Any] = {"text": _bare(words)}
    for part in parts:
        word, _, rest = part.partition(" ")
        word, rest = word.lower(), rest.strip()
        if word == "required" and not rest:
            given["required"] = True
        elif word in _LIMITS and _NUMBER.match(rest.replace(",", "")):
            given[_LIMITS[word]] = rest.replace(",", "")
        elif word in set(Asks) and "asks" not in given and (not rest or word in ("reading", "choice")):
            given["asks"] = word
            if word == Asks.READING:
                given["unit"] = _bare(rest)
            elif word == Asks.CHOICE:
                given["choices"] = [_bare(one.strip()) for one in _SEMICOLON.split(rest) if one.strip()]
        else:
            raise _wrong(number, f"“{part}” says nothing about what the line asks for.")
    if given.get("asks") != Asks.READING and ("least" in given or "most" in given):
        raise _wrong(number, "only a reading goes from one number to another.")
    return given


def _guarded(words: str) -> str:
    return re.sub(r"([|;])", r"\\\1", " ".join(words.split()))


def _bare(words: str) -> str:
    return re.sub(r"\\([|;])", r"\1", words)


def _wrong(number: int, words: str) -> Invalid:
    message = f"Line {number}: {words}"
    return Invalid(message, code="bad_line", fields={"items": message})

"""Times of day in words: "at 9", "between 9 and 10", "2:30pm". Hours are read as a tradesman means them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|o'?clock)?"
_RANGE = re.compile(
    rf"\b(?:between|from)?\s*(?<![\d-])(?:{_CLOCK})\s*(?:and|to|until|till|-|\u2013)\s*(?:{_CLOCK})(?![\d-])",
    re.IGNORECASE,
)
_POINT = re.compile(
    rf"\b(?:at|around|about|by|from)\s+{_CLOCK}\b|\b(\d{{1,2}})(?:[:.](\d{{2}}))\s*(am|pm)?|"
    rf"\b(\d{{1,2}})\s*(am|pm)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:^|\s)(\d{1,2})$")


@dataclass(frozen=True)
class Hours:
    """A time of day, with an end where one was said, and the words it was said in."""

    start: dt.time
    end: dt.time | None
    words: str

    @property
    def minutes(self) -> int | None:
        """Length, where an end was said."""
        if self.end is None:
            return None
        length = (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute
        return length if length > 0 else None


def find_hours(text: str, *, bare: bool = False) -> tuple[Hours, str] | None:
    """A text's first time, and the text without it. `bare` also takes a lone last number, "Thursday 10"."""
    found = _RANGE.search(text)
    if found is not None:
        start = _time(found[1], found[2], found[3] or found[6])
        end = _time(found[4], found[5], found[6])
        if start is not None and end is not None:
            return Hours(start, end, found.group().strip()), _without(text, found)
    for pattern in (_POINT, _BARE) if bare else (_POINT,):
        found = pattern.search(text)
        if found is not None:
            parts = [group for group in found.groups() if group is not None]
            hour, rest = parts[0], parts[1:]
            minute = rest[0] if rest and rest[0].isdigit() else None
            half = next((part for part in rest if not part.isdigit()), None)
            start = _time(hour, minute, half)
            if start is not None:
                return Hours(start, None, found.group().strip()), _without(text, found)
    if re.search(r"\b(?:at )?noon\b", text, re.IGNORECASE):
        return Hours(dt.time(12), None, "at noon"), re.sub(
            r"\b(?:at )?noon\b", "", text, flags=re.IGNORECASE
        ).strip()
    return None


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip()


def _time(hour: str, minute: str | None, half: str | None) -> dt.time | None:
    """Without am or pm, one to six is the afternoon: nobody comes to repair a tap at four in the morning."""
    number = int(hour)
    half = (half or "").lower().replace(".", "")
    if half == "pm" and number < 12:
        number += 12
    elif half == "am" and number == 12:
        number = 0
    elif half not in {"am", "pm"} and 1 <= number <= 6:
        number += 12
    if number > 23 or (minute is not None and int(minute) > 59):
        return None
    return dt.time(number, int(minute or 0))


def clock(time: dt.time | dt.datetime) -> str:
    """`9:00 AM`."""
    return f"{(time.hour - 1) % 12 + 1}:{time.minute:02d} {'AM' if time.hour < 12 else 'PM'}"

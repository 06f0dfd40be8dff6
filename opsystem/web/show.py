"""How values look to people: times, money, phone numbers, sizes, names.

Each filter takes one value and returns text. Moments are aware UTC; they are shown in
Django's current time zone, which the business's middleware sets to the business's own.
Spans take an en dash, and the clock is the American one ("10:00-11:30 am").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from opsystem.kit import clock
from opsystem.kit.money import show_cents
from opsystem.kit.phone import show_phone
from opsystem.kit.quantity import show_milli

LANES = 8
EN_DASH = "\u2013"


def time_of_day(moment: datetime) -> str:
    """Return `9:05 am`."""
    at = localtime(moment)
    return f"{_clock(at)} {_half(at)}"


def day(value: datetime | date) -> str:
    """Return `Today`, `Tomorrow`, `Yesterday`, `Thu, Nov 26`, or with its year when not this one."""
    at, today = _date(value), localtime(clock.now()).date()
    near = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}.get((at - today).days)
    year = "" if at.year == today.year else f", {at.year}"
    return near or f"{at:%a}, {at:%b} {at.day}{year}"


def when(moment: datetime) -> str:
    """Return a moment in the fewest words: `Today 9:05 am`, `Thu 9:05 am`, `Dec 3, 9:05 am`."""
    at, today = localtime(moment), localtime(clock.now()).date()
    apart = (at.date() - today).days
    if abs(apart) <= 1:
        return f"{day(moment)} {time_of_day(moment)}"
    if 0 < apart < 7:
        return f"{at:%a} {time_of_day(moment)}"
    year = "" if at.year == today.year else f" {at.year}"
    return f"{at:%b} {at.day}{year}, {time_of_day(moment)}"


def span(start: datetime, end: datetime) -> str:
    """Return `Thu 10:00-11:30 am` for a visit or another stretch within a day."""
    return f"{localtime(start):%a} {hours(start, end)}"


def hours(start: datetime, end: datetime) -> str:
    """Return `10:00-11:30 am`, or `11:30 am-1:00 pm` across noon."""
    first, last = localtime(start), localtime(end)
    opening = _clock(first) if _half(first) == _half(last) else time_of_day(start)
    return f"{opening}{EN_DASH}{_clock(last)} {_half(last)}"


def ago(moment: datetime) -> str:
    """Return the distance from now: `just now`, `5 min ago`, `in 2 h`, `in 6 days`."""
    seconds = round((moment - clock.now()).total_seconds())
    size = abs(seconds)
    if size < 45:
        return "just now" if seconds <= 0 else "in a moment"
    if size < 90 * 60:
        text = f"{max(1, round(size / 60))} min"
    elif size < 36 * 3600:
        text = f"{round(size / 3600)} h"
    elif size < 60 * 86400:
        text = f"{round(size / 86400)} days"
    else:
        text = f"{round(size / (30.44 * 86400))} months"
    return f"{text} ago" if seconds < 0 else f"in {text}"


def minutes(count: int) -> str:
    """Return a length of time: `45 min`, `1 h`, `1 h 30 min`."""
    whole, rest = divmod(count, 60)
    return " ".join(part for part in (f"{whole} h" if whole else "", f"{rest} min" if rest else "") if part)


def iso(value: datetime | date) -> str:
    """Return what a `datetime` attribute wants."""
    return value.isoformat()


def local_input(value: datetime) -> str:
    """Return what an `<input type="datetime-local">` wants, in the business's zone."""
    return f"{localtime(value):%Y-%m-%dT%H:%M}"


def file_size(count: int) -> str:
    """Return a number of bytes as `640 B`, `12 KB`, `3.4 MB`, `2.0 GB` (powers of 1000)."""
    size = float(count)
    for unit in ("B", "KB", "MB"):
        if size < 999.5:
            return f"{size:.0f} {unit}" if unit != "MB" or size >= 10 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"


def initials(name: str) -> str:
    """Return up to two letters: `Ana Maria Ruiz` gives `AR`."""
    words = [word for word in name.split() if word[0].isalnum()]
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper() or "?"


def lane(key: object) -> int:
    """Return the colour lane, 1 to 8, of a person's number or name; always the same one."""
    number = key if isinstance(key, int) else sum(str(key).encode())
    return number % LANES + 1


def plural(count: int, one: str, many: str = "") -> str:
    """Return `1 job`, `3 jobs`, `1,204 replies`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def by_day(found: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    """Return things with `starts_at` grouped under the words for their day, in their order."""
    days: dict[str, list[Any]] = {}
    for one in found:
        days.setdefault(day(one.starts_at), []).append(one)
    return list(days.items())


def moment_of(text: str) -> datetime:
    """Return the moment that ISO text stands for; now for other text, since a form can be made up."""
    try:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo is not None else clock.now()
    except ValueError:
        return clock.now()


def milli(value: int | None) -> str:
    """Return thousandths as people write them: `40`, `2.5`, or nothing for None."""
    return f"{value / 1000:.3f}".rstrip("0").rstrip(".") if value is not None else ""


def _date(value: datetime | date) -> date:
    return localtime(value).date() if isinstance(value, datetime) else value


def _clock(at: datetime) -> str:
    return f"{at.hour % 12 or 12}:{at:%M}"


def _half(at: datetime) -> str:
    return "am" if at.hour < 12 else "pm"


FILTERS: dict[str, Callable[..., Any]] = {
    "time": time_of_day,
    "day": day,
    "when": when,
    "span": span,
    "hours": hours,
    "ago": ago,
    "minutes": minutes,
    "iso": iso,
    "local_input": local_input,
    "money": show_cents,
    "phone": show_phone,
    "quantity": show_milli,
    "file_size": file_size,
    "initials": initials,
    "lane": lane,
    "plural": plural,
    "groupby_day": by_day,
    "moment_of": moment_of,
    "milli": milli,
}

"""Days in words: "tomorrow", "next Monday", "Nov 24", "this week". Every reading is a rule one can name."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
# Longer phrasings first: "day after tomorrow" before "tomorrow".
WHEN = (
    r"(?:the )?day after tomorrow|tomorrow|today|tonight|this (?:morning|afternoon|evening)|yesterday|"
    r"(?:this|next|last) (?:week|month)|(?:this|next|the) weekend|in \d+ (?:days?|weeks?)|"
    rf"(?:(?:on|this|next|last|coming) )*{_DAY}\b|\d{{4}}-\d{{2}}-\d{{2}}|"
    rf"(?:on )?{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b|(?:on )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? "
    rf"{_MONTH}\b|"
    r"(?:on )?\d{1,2}/\d{1,2}\b"
)
_IN_TEXT = re.compile(rf"\b(?:{WHEN})", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """Whole days, first and last counted, and the words they were said in."""

    first: dt.date
    last: dt.date
    words: str

    @property
    def label(self) -> str:
        """For people: the words with the date where the words alone are not one."""
        if self.first != self.last:
            return f"{self.words} ({short(self.first)} to {short(self.last)})"
        if self.words.lower() in DAYS:
            return f"on {self.words} ({short(self.first)[4:]})"
        return f"{self.words} ({short(self.first)})" if self.words else f"on {short(self.first)}"


def short(day: dt.date) -> str:
    """`Tue Nov 24`."""
    return f"{DAYS[day.weekday()][:3].title()} {MONTHS[day.month - 1].title()} {day.day}"


def find_when(text: str, today: dt.date) -> tuple[Span, str] | None:
    """The first day or span named in a text, and the text without it."""
    found = _IN_TEXT.search(text)
    if found is None:
        return None
    span = read_when(found.group(), today)
    if span is None:
        return None
    rest = f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip()
    return span, rest


def with_date(text: str, today: dt.date) -> str:
    """The text with the date put behind the first single day it names."""
    found = _IN_TEXT.search(text)
    span = None if found is None else read_when(found.group(), today)
    if found is None or span is None or span.first != span.last:
        return text
    return f"{text[: found.start()]}{span.label}{text[found.end() :]}"


def read_when(words: str, today: dt.date) -> Span | None:
    """The days that these words, and nothing else, name. A date without a year is the next one to come."""
    said = re.sub(r"^(?:on|the) ", "", words.strip().lower())
    day = _single_day(said, today)
    if day is not None:
        return Span(day, day, _spoken(said))
    monday = today - dt.timedelta(days=today.weekday())
    week = {"this": 0, "next": 7, "last": -7}
    which, _, unit = said.partition(" ")
    if unit == "week" and which in week:
        start = monday + dt.timedelta(days=week[which])
        return Span(start, start + dt.timedelta(days=6), said)
    if unit == "weekend" or said == "weekend":
        start = monday + dt.timedelta(days=5 + (7 if which == "next" else 0))
        return Span(start, start + dt.timedelta(days=1), said)
    if unit == "month" and which in week:
        first = (
            today.replace(day=1) + dt.timedelta(days={"this": 0, "next": 31, "last": -1}[which])
        ).replace(day=1)
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        return Span(first, last, said)
    return None


def _spoken(said: str) -> str:
    """The words of a day as one writes them; none for a calendar date, which speaks for itself."""
    if re.search(r"\d", said) and not said.startswith("in "):
        return ""
    weekday = re.search(rf"{_DAY}$", said)
    if weekday is None or said in {"yesterday", "today"}:
        return said
    name = next(day for day in DAYS if day.startswith(weekday.group()[:3]))
    before = said[: weekday.start()].removeprefix("on ").removeprefix("this ").removeprefix("coming ")
    return f"{before}{name.title()}"


def _single_day(said: str, today: dt.date) -> dt.date | None:
    fixed = {"today": 0, "tonight": 0, "tomorrow": 1, "day after tomorrow": 2, "yesterday": -1}
    if said in fixed:
        return today + dt.timedelta(days=fixed[said])
    if said in {"this morning", "this afternoon", "this evening"}:
        return today
    ahead = re.fullmatch(r"in (\d+) (day|week)s?", said)
    if ahead is not None:
        return today + dt.timedelta(days=int(ahead[1]) * (7 if ahead[2] == "week" else 1))
    weekday = re.fullmatch(rf"((?:(?:on|this|next|last|coming) )*)({_DAY})", said)
    if weekday is not None:
        return _weekday(weekday[1], weekday[2], today)
    return _calendar_day(said, today)


def _weekday(which: str, name: str, today: dt.date) -> dt.date:
    """A bare weekday is the next one, never today.

    "next Friday" is the one of next week while this week's is still to come.
    """
    number = next(index for index, day in enumerate(DAYS) if day.startswith(name[:3].lower()))
    ahead = (number - today.weekday() - 1) % 7 + 1
    if "last" in which:
        return today - dt.timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    if "next" in which and number > today.weekday():
        ahead += 7
    return today + dt.timedelta(days=ahead)


def _calendar_day(said: str, today: dt.date) -> dt.date | None:
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", said)
    if iso is not None:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    named = re.fullmatch(rf"({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?", said)
    turned = re.fullmatch(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})", said)
    slashed = re.fullmatch(r"(\d{1,2})/(\d{1,2})", said)
    if named is not None:
        month, day = MONTHS.index(named[1][:3]) + 1, int(named[2])
    elif turned is not None:
        month, day = MONTHS.index(turned[2][:3]) + 1, int(turned[1])
    elif slashed is not None:
        month, day = int(slashed[1]), int(slashed[2])
    else:
        return None
    found = _date(today.year, month, day)
    if found is not None and found < today - dt.timedelta(days=60):
        return _date(today.year + 1, month, day)
    return found


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:  # 30 February: words that are no date
        return None

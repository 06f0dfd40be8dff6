"""Rules of repetition as RFC 5545 writes them, and the days they give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from enum import StrEnum

from dateutil.rrule import rrulestr

from opsystem.business.recurring.models import Series
from opsystem.kit.errors import Invalid

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
_SURE = 28  # every month has it


class Unit(StrEnum):
    """What is counted between two visits."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Weekday(StrEnum):
    """A day of the week as RFC 5545 names it."""

    MO = "MO"
    TU = "TU"
    WE = "WE"
    TH = "TH"
    FR = "FR"
    SA = "SA"
    SU = "SU"


def make_rule(
    every: int, unit: Unit, first_day: date, weekdays: tuple[Weekday, ...], *, same_weekday: bool
) -> str:
    """Return the RRULE of a repetition. A month without the day takes its last one before it.

    `weekdays` count for weeks; `same_weekday` lets a month repeat as "the second Tuesday".
    """
    if unit is Unit.DAY:
        return f"FREQ=DAILY;INTERVAL={every}"
    if unit is Unit.WEEK:
        days = weekdays or (Weekday(WEEKDAYS[first_day.weekday()]),)
        return f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(day for day in Weekday if day in days)}"
    if same_weekday:
        nth = (first_day.day - 1) // 7 + 1
        return f"FREQ=MONTHLY;INTERVAL={every};BYDAY={nth if nth <= 4 else -1}{WEEKDAYS[first_day.weekday()]}"
    if first_day.day <= _SURE:
        return f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={first_day.day}"
    days_of_month = ",".join(str(day) for day in range(_SURE, first_day.day + 1))
    return f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={days_of_month};BYSETPOS=-1"


def days_of(series: Series, last: date) -> Iterator[date]:
    """Yield the days of a series up to a last one, pauses left out; holidays leaves out `making`."""
    limit = f";COUNT={series.count}" if series.count is not None else ""
    begin = datetime.combine(series.first_day, time.min)
    end = min(last, series.until) if series.until is not None else last
    for moment in rrulestr(f"{series.rule}{limit}", dtstart=begin):
        day = moment.date()
        if day > end:
            return
        if not is_paused(series, day):
            yield day


def is_paused(series: Series, day: date) -> bool:
    """Tell whether a series rests on a day."""
    if series.paused_from is None or day < series.paused_from:
        return False
    return series.paused_until is None or day <= series.paused_until


def say_rule(series: Series) -> str:
    """Return a repetition in words: `Every 2 weeks on Monday and Thursday`."""
    parts = dict(part.split("=") for part in series.rule.split(";"))
    every, unit = (
        int(parts["INTERVAL"]),
        {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month"}[parts["FREQ"]],
    )
    words = f"Every {unit}" if every == 1 else f"Every {every} {unit}s"
    if unit == "week":
        names = [_NAMES[WEEKDAYS.index(day)] for day in parts["BYDAY"].split(",")]
        return f"{words} on {' and '.join([', '.join(names[:-1]), names[-1]] if names[1:] else names)}"
    if unit == "month" and "BYDAY" in parts:
        nth, day = int(parts["BYDAY"][:-2]), parts["BYDAY"][-2:]
        return f"{words} on the {_NTH[nth]} {_NAMES[WEEKDAYS.index(day)]}"
    if unit == "month":
        return f"{words} on day {parts['BYMONTHDAY'].split(',')[-1]}"
    return words


def check_end(first_day: date, until: date | None, count: int | None) -> None:
    """Raise Invalid unless a series ends in one way or none, and not before it begins."""
    if until is not None and count is not None:
        message = "Give the last day or the number of visits, not both."
        raise Invalid(message, code="two_ends", fields={"count": message})
    if until is not None and until < first_day:
        message = "The last day is before the first."
        raise Invalid(message, code="bad_end", fields={"until": message})

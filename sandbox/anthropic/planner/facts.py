"""What the operator said: the day, the time zone, the business's name, the record on the screen."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.anthropic.planner.records import refs_in

_DATE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_ZONE = re.compile(r"\b(?:[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?|UTC)\b")
_NOW_LINE = re.compile(r"\b(?:today|now|date|time|it is)\b", re.IGNORECASE)
_BUSINESS = (
    re.compile(r'"(?:business|business_name|company)"\s*:\s*(?:\{[^{}]*?"name"\s*:\s*)?"([^"]+)"'),
    re.compile(
        r"^\W*(?:business|business name|name of the business|company)\W*:\s*\W*([^\n]+)$",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        r"\b(?:assistant|work|working|answer|office|help)\s+(?:of|for|at|in)\s+(?:the (?:business|"
        r"company)\s+)?"
        r"[\"']?([A-Z][\w&'.-]*(?: (?:[A-Z&][\w&'.-]*|and|of|the))*)"
    ),
)


@dataclass(frozen=True)
class Facts:
    """What is so while this turn lasts. Days are the business's own."""

    today: dt.date | None
    zone: ZoneInfo
    business: str | None
    screen: tuple[str, ...] = ()


def read_facts(system: str, notes: list[str]) -> Facts:
    """Facts from the system prompt and the operator's later notes; a later note counts more."""
    texts = [*reversed(notes), system]
    today = next((day for day in (_today(text) for text in texts) if day is not None), None)
    zone = next((zone for zone in (_zone(text) for text in texts) if zone is not None), ZoneInfo("UTC"))
    business = next((name for name in (_business(text) for text in texts) if name is not None), None)
    return Facts(today, zone, business, tuple(refs_in(notes[-1])) if notes else ())


def _today(text: str) -> dt.date | None:
    lines = text.splitlines()
    for line in [line for line in lines if _NOW_LINE.search(line)] + lines:
        for found in _DATE.findall(line):
            try:
                return dt.date.fromisoformat(found)
            except ValueError:  # digits that are no date
                continue
    return None


def _zone(text: str) -> ZoneInfo | None:
    for name in _ZONE.findall(text):
        try:
            return ZoneInfo(name)
        except ZoneInfoNotFoundError:  # two words with a stroke that are no zone
            continue
    return None


def _business(text: str) -> str | None:
    for pattern in _BUSINESS:
        found = pattern.search(text)
        if found is not None:
            return found[1].strip(" .\"'*_") or None
    return None

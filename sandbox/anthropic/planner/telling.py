"""Records in words, each with its ref in brackets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from sandbox.anthropic.planner.dates import short
from sandbox.anthropic.planner.lookups import starts_at
from sandbox.anthropic.planner.records import Record
from sandbox.anthropic.planner.times import clock
from sandbox.anthropic.planner.words import listed

AT_MOST = 12  # lines; the rest is counted
LONGEST = 140  # characters of one part of a line


def phone_of(record: Record) -> str | None:
    """All phone numbers of a record, as words."""
    numbers = record.all("phone", "phones", "mobile", "phone_number", "telephone")
    return listed([spaced(number) for number in numbers]) or None


def spaced(number: str) -> str:
    """A North American number as people there write it; others as they are."""
    found = re.fullmatch(r"\+1(\d{3})(\d{3})(\d{4})", number)
    return f"({found[1]}) {found[2]}-{found[3]}" if found is not None else number


def email_of(record: Record) -> str | None:
    """All email addresses of a record, as words."""
    return listed(record.all("email", "emails", "email_address")) or None


def addresses_of(record: Record) -> str | None:
    """All addresses of a record and of its properties, as words."""
    found = record.all("address", "addresses") or record.all("street", "location", "properties")
    return "; ".join(found) or None


def name_of(record: Record, said: str = "") -> str:
    """`Maria Alvarez [C-12]`; where only the ref is known, the words that were said."""
    name = record.name if record.name != record.ref else said
    return f"{name} [{record.ref}]".strip()


def when_of(record: Record, zone: ZoneInfo) -> str | None:
    """`Tue Nov 24, 9:00 AM`."""
    start = starts_at(record, zone)
    return None if start is None else f"{short(start.date())}, {clock(start)}"


def visit_line(record: Record, zone: ZoneInfo, *, with_day: bool = False) -> str:
    """One visit: time, what, for whom, who goes, ref."""
    start = starts_at(record, zone)
    time = (when_of(record, zone) if with_day else clock(start)) if start is not None else None
    title = record.get("title", "job_title", "summary", "job", "name")
    parts = [
        time,
        title,
        record.get("client_name", "client", "customer"),
        record.get("address", "property", "place"),
        listed(record.all("members", "member", "assignees", "assigned_to", "technician", "team")) or None,
        record.get("status", "state"),
    ]
    return f"- {_joined(parts)} [{record.ref}]"


def record_line(record: Record, *more: str) -> str:
    """One record of any kind: its name, then these fields where it has them."""
    name = record.name if record.name != record.ref else None
    return f"- {_joined([name, *(record.get(field) for field in more)])} [{record.ref}]"


def bullet_list(lines: Sequence[str], total: int | None = None) -> str:
    """Lines, at most a dozen, and how many more there are."""
    shown = list(lines[:AT_MOST])
    left = max(total or 0, len(lines)) - len(shown)
    if left > 0:
        shown.append(f"- and {left} more")
    return "\n".join(shown)


def days_of(visits: Iterable[Record], zone: ZoneInfo) -> list[dt.date]:
    """The different days of these visits, in order."""
    starts = [starts_at(visit, zone) for visit in visits]
    return sorted({start.date() for start in starts if start is not None})


def _joined(parts: Iterable[str | None]) -> str:
    kept: list[str] = []
    for part in parts:
        words = " ".join((part or "").split())
        if words and not any(words in other for other in kept):
            kept.append(words if len(words) <= LONGEST else f"{words[: LONGEST - 3]}...")
    return ", ".join(kept)

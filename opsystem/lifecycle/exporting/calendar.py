"""Visits as a calendar any program opens (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import select

from opsystem.business.clients.models import Client, Property
from opsystem.business.jobs.models import Job, Visit
from opsystem.lifecycle.exporting.content_lines import folded, line
from opsystem.lifecycle.exporting.reading import AnyRow, in_batches
from opsystem.lifecycle.exporting.sheets import PEOPLE
from opsystem.lifecycle.exporting.source import Source
from opsystem.vault.archives.writing import Entry

_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//OpSystem//Export//EN", "CALSCALE:GREGORIAN")


def calendar(source: Source, at: datetime) -> Entry:
    """Return one file with every visit, cancelled ones too, each marked as it is."""
    return Entry("Visits.ics", _pieces(source, at))


def _pieces(source: Source, at: datetime) -> Iterator[bytes]:
    statement = (
        select(Visit, Job, Client, Property, PEOPLE)
        .join(Job, Job.id == Visit.job_id)
        .join(Client, Client.id == Job.client_id)
        .outerjoin(Property, Property.id == Job.property_id)
    )
    yield folded(_HEAD)
    for rows in in_batches(source, statement, Visit.id):
        yield b"".join(_event(row, at) for row in rows)
    yield folded(["END:VCALENDAR"])


def _event(row: AnyRow, at: datetime) -> bytes:
    visit = row.Visit
    told = [f"{row.Job.ref} {row.Job.title}", f"For {row.Client.name} ({row.Client.ref})"]
    told += [f"By {row.people}"] if row.people else []
    told += [visit.instructions] if visit.instructions else []
    lines = [
        "BEGIN:VEVENT",
        line("UID", f"opsystem-{visit.ref}"),
        f"DTSTAMP:{_utc(at)}",
        f"DTSTART:{_utc(visit.starts_at)}",
        f"DTEND:{_utc(visit.ends_at)}",
        line("SUMMARY", f"{row.Job.title}, {row.Client.name}"),
        line("DESCRIPTION", "\n".join(told)),
        f"STATUS:{'CANCELLED' if visit.cancelled_at else 'CONFIRMED'}",
    ]
    if row.Property is not None:
        lines.append(line("LOCATION", row.Property.address))
    return folded([*lines, "END:VEVENT"])


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"

"""A calendar as RFC 5545 writes it: times and numbers, and nothing of whose they are."""

from __future__ import annotations

from collections.abc import Iterable

from icalendar import Calendar, Event

from opsystem.business.outside.queries import Appointment


def feed_of(appointments: Iterable[Appointment], number: int) -> bytes:
    """Return the calendar of somebody's visits. The same visit keeps its UID, so a change moves it."""
    calendar = Calendar()
    calendar.add("prodid", "-//OpSystem//Visits//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Visits")
    for one in appointments:
        event = Event()
        event.add("uid", f"{one.visit}@{number}.opsystem")
        event.add("dtstamp", one.changed_at)
        event.add("dtstart", one.starts_at)
        event.add("dtend", one.ends_at)
        event.add("summary", f"{one.visit} ({one.job})")
        calendar.add_component(event)
    feed: bytes = calendar.to_ical()
    return feed

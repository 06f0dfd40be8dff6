"""Times shown to a visitor, and one of them held for ten minutes while the rest is typed."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.booking.offering import service_numbered
from opsystem.business.booking.records import Held
from opsystem.business.hub.free_times import free_times
from opsystem.business.hub.models import SlotHold
from opsystem.business.hub.records import FreeTime
from opsystem.kit.errors import Conflict
from opsystem.operations import Effect, Permission, Work, operation, query
from opsystem.operations.errand import office

HELD = timedelta(minutes=10)
Key = Annotated[str, Field(max_length=64)]


@query(permission=Permission.BOOK, label="Show times to book", assistant=False)
def times_to_book(work: Work, *, service: int, hold: Key = "") -> list[FreeTime]:
    """Show at which times a service can be booked. What this visitor holds is free for him."""
    with office(work) as desk:
        minutes = service_numbered(desk, service).minutes
        return [one.shown for one in free_times(desk, minutes=minutes, held_by=hold)]


@operation(permission=Permission.BOOK, effect=Effect.DRAFT, label="Hold time", assistant=False)
def hold_time(work: Work, *, service: int, time: Key, hold: Key = "") -> Held:
    """Hold a free time for ten minutes; an earlier hold of the same visitor ends. Raises Conflict."""
    with office(work) as desk:
        minutes = service_numbered(desk, service).minutes
        found = free_times(desk, minutes=minutes, held_by=hold)
        chosen = next((one for one in found if one.shown.key == time), None)
        if chosen is None:
            raise Conflict("This time has just been taken. Please choose another one.", code="slot_taken")
        if hold:
            for earlier in desk.session.scalars(select(SlotHold).where(SlotHold.key == hold)):
                earlier.expires_at = work.now
        row = SlotHold(
            key=secrets.token_urlsafe(16),
            member_id=chosen.member_id,
            starts_at=chosen.shown.starts_at,
            ends_at=chosen.shown.ends_at,
            expires_at=work.now + HELD,
        )
        desk.session.add(row)
        desk.session.flush()
        return Held(row.key, row.starts_at, row.ends_at, row.expires_at)

"""When access notes (gate code, dog, where the key is) may be seen by whoever goes there.

The office sees them always. A technician sees those of his own visits from 18:00 the day before, in the
business's zone, until the visit's day is over.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta

from sqlalchemy import select

from opsystem.business.jobs.models import Assignment, Visit
from opsystem.business.profile.queries import zone_of
from opsystem.kit import clock
from opsystem.operations import Work

OPENS_AT = time(18, 0)


def is_open(now: datetime, starts_at: datetime, ends_at: datetime, zone: str) -> bool:
    """Tell whether a technician may see the access notes of his visit now. Moments are aware."""
    wall = clock.local(now, zone).replace(tzinfo=None)
    first, last = clock.local(starts_at, zone).date(), clock.local(ends_at, zone).date()
    opens = datetime.combine(first - timedelta(days=1), OPENS_AT)
    return opens <= wall < datetime.combine(last + timedelta(days=1), time.min)


def open_properties(work: Work, property_ids: Collection[int]) -> set[int]:
    """Return those of these properties whose access notes the actor may see now."""
    if not work.actor.is_restricted:
        return set(property_ids)
    zone = zone_of(work.session)
    near = (
        select(Visit.property_id, Visit.starts_at, Visit.ends_at)
        .join(Assignment, Assignment.visit_id == Visit.id)
        .where(
            Visit.property_id.in_(property_ids),
            Assignment.member_id == work.actor.member_id,
            Visit.cancelled_at.is_(None),
            Visit.starts_at < work.now + timedelta(days=2),
            Visit.ends_at > work.now - timedelta(days=2),
        )
    )
    return {
        place
        for place, starts_at, ends_at in work.session.execute(near)
        if place is not None and is_open(work.now, starts_at, ends_at, zone)
    }

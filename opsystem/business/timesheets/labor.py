"""What the hours on a job cost: each at what an hour of that person cost on its day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from opsystem.business.jobs.stamps.models import TimeEntry
from opsystem.business.jobs.stamps.spans import Sort
from opsystem.business.profile.queries import zone_of
from opsystem.business.timesheets.models import HourCost
from opsystem.business.timesheets.queries import minutes_of
from opsystem.business.timesheets.records import Labor
from opsystem.kit import clock
from opsystem.operations import Work


def labor_of(work: Work, job_ids: Collection[int]) -> dict[int, Labor]:
    """Return the labor of jobs, travel and work, by the job's number. Cents are rounded half up per entry.

    Called by whoever works costs out; who may see them is asked there.
    """
    found = {number: Labor(0, 0, 0) for number in job_ids}
    for (job_id, _), labor in labor_by_person(work, job_ids).items():
        found[job_id] = _added(found[job_id], labor)
    return found


def labor_by_person(work: Work, job_ids: Collection[int]) -> dict[tuple[int, int], Labor]:
    """Return the same by the numbers of job and person."""
    rates: dict[int, list[HourCost]] = defaultdict(list)
    for rate in work.session.scalars(select(HourCost).order_by(HourCost.since.desc())):
        rates[rate.member_id].append(rate)
    entries = select(TimeEntry).where(
        TimeEntry.job_id.in_(job_ids), TimeEntry.removed_at.is_(None), TimeEntry.sort != Sort.BREAK.value
    )
    zone = zone_of(work.session)
    found: dict[tuple[int, int], Labor] = defaultdict(lambda: Labor(0, 0, 0))
    for entry in work.session.scalars(entries):
        day = clock.local(entry.starts_at, zone).date()
        paid = next((one for one in rates[entry.member_id] if one.since <= day), None)
        minutes, whose = minutes_of(entry, work.now), (entry.job_id or 0, entry.member_id)
        cents = (minutes * paid.cents * 2 + 60) // 120 if paid is not None else 0
        found[whose] = _added(found[whose], Labor(minutes, cents, 0 if paid is not None else minutes))
    return found


def _added(one: Labor, other: Labor) -> Labor:
    return Labor(
        one.minutes + other.minutes, one.cents + other.cents, one.unpriced_minutes + other.unpriced_minutes
    )

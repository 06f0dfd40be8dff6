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
    rates: dict[int, list[HourCost]] = defaultdict(list)
    for rate in work.session.scalars(select(HourCost).order_by(HourCost.since.desc())):
        rates[rate.member_id].append(rate)
    entries = select(TimeEntry).where(
        TimeEntry.job_id.in_(job_ids), TimeEntry.removed_at.is_(None), TimeEntry.sort != Sort.BREAK.value
    )
    zone, found = zone_of(work.session), {number: Labor(0, 0, 0) for number in job_ids}
    for entry in work.session.scalars(entries):
        day = clock.local(entry.starts_at, zone).date()
        paid = next((one for one in rates[entry.member_id] if one.since <= day), None)
        minutes, so_far = minutes_of(entry, work.now), found[entry.job_id or 0]
        found[entry.job_id or 0] = Labor(
            minutes=so_far.minutes + minutes,
            cents=so_far.cents + ((minutes * paid.cents * 2 + 60) // 120 if paid is not None else 0),
            unpriced_minutes=so_far.unpriced_minutes + (minutes if paid is None else 0),
        )
    return found

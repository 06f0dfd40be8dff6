"""Time entries that follow the stamps of one person at one visit."""

from __future__ import annotations

from sqlalchemy import or_, select

from opsystem.business.jobs.models import Visit
from opsystem.business.jobs.stamps.approved import any_approved
from opsystem.business.jobs.stamps.models import Stamp, TimeEntry
from opsystem.business.jobs.stamps.spans import Press, spans_of
from opsystem.operations import Work


def follow_stamps(work: Work, visit: Visit, member_id: int) -> None:
    """Make somebody's time entries of a visit what the stamps say, unless a person has corrected them.

    Nothing in a week that was approved changes: a stamp that comes late is kept, and its hours follow when
    the week is opened again.
    """
    mine = select(TimeEntry).where(TimeEntry.visit_id == visit.id, TimeEntry.member_id == member_id)
    touched = or_(TimeEntry.corrected_at.is_not(None), TimeEntry.removed_at.is_not(None))
    if work.session.scalar(mine.where(TimeEntry.from_stamps, touched).limit(1)) is not None:
        return
    pressed = select(Stamp.press, Stamp.at).where(Stamp.visit_id == visit.id, Stamp.member_id == member_id)
    spans = spans_of((Press(press), at) for press, at in work.session.execute(pressed))
    rows = list(work.session.scalars(mine.where(TimeEntry.from_stamps).order_by(TimeEntry.starts_at)))
    moments = [one.starts_at for one in spans] + [row.starts_at for row in rows]
    if any_approved(work, member_id, moments):
        return
    for number, span in enumerate(spans):
        if number < len(rows):
            row = rows[number]
            row.sort, row.starts_at, row.ends_at = span.sort.value, span.starts_at, span.ends_at
            continue
        work.session.add(
            TimeEntry(
                member_id=member_id,
                job_id=visit.job_id,
                visit_id=visit.id,
                sort=span.sort.value,
                starts_at=span.starts_at,
                ends_at=span.ends_at,
                from_stamps=True,
                written_by=work.actor.name,
            )
        )
    for row in rows[len(spans) :]:
        work.session.delete(row)
    work.session.flush()

"""What may be asked about telling clients that somebody comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from opsystem.business.announcing.models import Announcement
from opsystem.business.jobs.models import Visit
from opsystem.business.references import VisitRef, number_of
from opsystem.operations import Permission, Work, query
from opsystem.vault import Vault


@dataclass(frozen=True)
class Told:
    """Whether the client was told that somebody is on the way, and what stood in the way of it."""

    asked_at: datetime
    asked_by: str
    settled_at: datetime | None
    problem: str


@query(permission=Permission.JOBS_READ, label="Show on the way")
def show_announcement(work: Work, *, visit: VisitRef) -> Told | None:
    """Show whether the client of a visit was told that somebody is on the way."""
    row = work.get(Visit, number_of(visit), "visit")
    found = work.session.scalars(select(Announcement).where(Announcement.visit_id == row.id)).one_or_none()
    if found is None:
        return None
    return Told(found.asked_at, found.asked_by, found.settled_at, found.problem)


def has_waiting(vault: Vault) -> bool:
    """Tell whether a client is still to be told; asked by the worker, which acts for nobody."""
    waiting = select(Announcement.id).where(Announcement.settled_at.is_(None)).limit(1)
    with vault.reading() as session:
        return session.scalar(waiting) is not None

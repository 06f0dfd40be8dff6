"""What may be asked of archives on their way in."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.arrivals.models import Arrival
from opsystem.business.arrivals.records import ArrivalRow
from opsystem.operations import Permission, Work, query


@query(permission=Permission.EXPORT, label="Show the archive that is brought", assistant=False)
def newest_arrival(work: Work) -> ArrivalRow | None:
    """Return where the newest archive stands, or nothing when none was brought."""
    row = work.session.scalar(select(Arrival).order_by(Arrival.id.desc()).limit(1))
    return ArrivalRow.of(row) if row is not None and row.state != "dropped" else None

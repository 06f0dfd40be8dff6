"""From what a caller names (people, a place, days) to what is looked for in the diary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from opsystem.business.dispatch.minutes import minute_of
from opsystem.business.dispatch.slots import Wish
from opsystem.business.dispatch.spots import spots_of
from opsystem.business.dispatch.travel import Spot
from opsystem.business.hours.area import plain_postcode
from opsystem.business.profile.queries import zone_of
from opsystem.business.record import Record
from opsystem.kit import clock
from opsystem.operations import Role

_TABLES: Mapping[str, Table] = Record.metadata.tables
USUAL_DAYS, MOST_DAYS = 14, 90
# Who goes to visits where nobody is a technician, as in a business of one.
_OTHERWISE = (Role.OWNER, Role.ADMIN, Role.OFFICE)


def field_crew(session: Session) -> tuple[int, ...]:
    """Return the numbers of those who go to visits: the technicians, or else whoever there is."""
    table = _TABLES["member"]
    rows = session.execute(
        select(table.c.id, table.c.role).where(table.c.removed_at.is_(None)).order_by(table.c.id)
    ).all()
    technicians = tuple(row.id for row in rows if row.role == Role.TECHNICIAN)
    return technicians or tuple(row.id for row in rows if row.role in _OTHERWISE)


def spot_of(session: Session, property_id: int | None, postcode: str = "") -> Spot:
    """Return where something is to be done: a property, or only a postcode."""
    if property_id is not None:
        return spots_of(session, [property_id]).get(property_id, Spot())
    return Spot(postcode=plain_postcode(postcode))


def make_wish(
    session: Session,
    now: datetime,
    *,
    minutes: int,
    spot: Spot,
    members: Sequence[int] = (),
    since: date | None = None,
    until: date | None = None,
    together: bool = False,
    leave_out: tuple[int, ...] = (),
    most: int = 3,
    spread: bool = True,
    between: tuple[int, int] = (0, 1440),
) -> Wish:
    """Return what is looked for: from now on, the next two weeks unless days are named, at most 90 days.

    Without members anybody who goes to visits may go, one person alone.
    """
    today = clock.local(now, zone_of(session)).date()
    first = max(since or today, today)
    last = until if until is not None and until >= first else first + timedelta(days=USUAL_DAYS - 1)
    return Wish(
        minutes=minutes,
        members=tuple(members) or field_crew(session),
        first=first,
        last=min(last, first + timedelta(days=MOST_DAYS)),
        earliest=minute_of(now) + 1,
        spot=spot,
        together=together and bool(members),
        leave_out=leave_out,
        most=most,
        spread=spread,
        between=between,
    )

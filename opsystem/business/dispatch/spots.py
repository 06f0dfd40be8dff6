"""Where properties are: their postcode, and their place on the map if it was noted for this address."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from opsystem.business.dispatch.travel import Spot
from opsystem.business.hours.area import plain_postcode
from opsystem.business.record import Record

_TABLES: Mapping[str, Table] = Record.metadata.tables


def spots_of(session: Session, properties: Collection[int]) -> dict[int, Spot]:
    """Return where properties are."""
    if not properties:
        return {}
    place, location = _TABLES["property"], _TABLES["location"]
    statement = (
        select(
            place.c.id,
            place.c.street,
            place.c.city,
            place.c.postcode,
            location.c.address,
            location.c.latitude_e6,
            location.c.longitude_e6,
        )
        .outerjoin(location, location.c.property_id == place.c.id)
        .where(place.c.id.in_(properties))
    )
    spots = {}
    for row in session.execute(statement):
        plain = plain_postcode(row.postcode)
        if row.address is None or row.address != noted_address(row.street, row.city, row.postcode):
            spots[row.id] = Spot(row.id, plain)
        else:
            spots[row.id] = Spot(row.id, plain, row.latitude_e6 / 1e6, row.longitude_e6 / 1e6)
    return spots


def noted_address(street: str, city: str, postcode: str) -> str:
    """Return an address as a location remembers it."""
    return "|".join(" ".join(part.lower().split()) for part in (street, city, postcode))

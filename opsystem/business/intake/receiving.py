"""Writing a request down, whichever door it comes by: the office, a web form, a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from opsystem.business.clients.models import Client, Property
from opsystem.business.intake.models import Request, RequestPhoto
from opsystem.business.intake.records import Received, Source
from opsystem.business.record import Record
from opsystem.kit.errors import Invalid
from opsystem.operations import Work


@dataclass(frozen=True)
class Asker:
    """Who asks, as typed: cleaned phone and email, or empty; and where the work is, as far as it was said."""

    name: str
    phone: str = ""
    email: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    postcode: str = ""


def receive_request(
    work: Work,
    *,
    title: str,
    source: Source,
    client: Client | None = None,
    asker: Asker | None = None,
    property_id: int | None = None,
    details: str = "",
    wished: str = "",
    photos: Sequence[int] = (),
) -> Received:
    """Write a request down. Somebody unknown becomes a client of their own, a lead until work is booked.

    `photos` are numbers of files of that client. Raises Invalid at `name` when nobody can be asked back.
    """
    known = client or (_known(work, asker) if asker is not None else None)
    whose = known or _lead(work, asker)
    place = property_id or _place(work, whose, asker)
    row = Request(
        client_id=whose.id,
        property_id=place,
        title=title,
        details=details,
        wished=wished,
        source=source.value,
        received_at=work.now,
        received_by=work.actor.name,
    )
    work.session.add(row)
    work.session.flush()
    _add_photos(work, row, whose, photos)
    work.describe(f"Wrote down request {row.ref} “{title}” of {whose.name}")
    return Received(row.ref, row.id, whose.ref, whose.id, known is None)


def _known(work: Work, asker: Asker) -> Client | None:
    """Return the one client with this phone or email; with several, nobody is guessed."""
    for column, value in ((Client.phone, asker.phone), (func.lower(Client.email), asker.email.lower())):
        if value:
            same = select(Client).where(column == value, Client.archived_at.is_(None)).limit(2)
            found = list(work.session.scalars(same))
            if len(found) == 1:
                return found[0]
    return None


def _lead(work: Work, asker: Asker | None) -> Client:
    if asker is None or not asker.name:
        message = "Say who asks: a client, or a name."
        raise Invalid(message, code="nobody_asks", fields={"name": message})
    client = Client(
        name=asker.name, phone=asker.phone or None, email=asker.email or None, created_at=work.now
    )
    work.session.add(client)
    work.session.flush()
    return client


def _place(work: Work, client: Client, asker: Asker | None) -> int | None:
    """Return the place that was named, adding it when it is new; else the client's only one."""
    there = select(Property).where(Property.client_id == client.id, Property.removed_at.is_(None))
    places = list(work.session.scalars(there))
    if asker is None or not (asker.street and asker.city):
        return places[0].id if len(places) == 1 else None
    for one in places:
        if (one.street.lower(), one.city.lower()) == (asker.street.lower(), asker.city.lower()):
            return one.id
    place = Property(
        client_id=client.id,
        street=asker.street,
        city=asker.city,
        state=asker.state,
        postcode=asker.postcode,
    )
    work.session.add(place)
    work.session.flush()
    return place.id


def _add_photos(work: Work, row: Request, client: Client, photos: Sequence[int]) -> None:
    # Files stand above: their plain table says whether these are the client's.
    file = Record.metadata.tables["file"]
    mine = select(file.c.id).where(
        file.c.id.in_(photos), file.c.client_id == client.id, file.c.removed_at.is_(None)
    )
    found = set(work.session.scalars(mine))
    if found != set(photos):
        message = f"Not all of these are photos of {client.name}."
        raise Invalid(message, code="no_photo", fields={"photos": message})
    work.session.add_all(RequestPhoto(request_id=row.id, file_id=number) for number in sorted(found))
    work.session.flush()

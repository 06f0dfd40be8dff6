"""What may be done about clients and their properties."""

from __future__ import annotations

from typing import Any

from opsystem.business.clients.models import Client, Property
from opsystem.business.clients.records import ClientAdded
from opsystem.business.references import ClientRef, PropertyRef, number_of
from opsystem.business.wording import EmailField, Line, Name, PhoneField, Words
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.DRAFT, label="Add client")
def add_client(
    work: Work,
    *,
    name: Name,
    phone: PhoneField = "",
    email: EmailField = "",
    company: Line = "",
    notes: Words = "",
    street: Line = "",
    city: Line = "",
    state: Line = "",
    postcode: Line = "",
) -> ClientAdded:
    """Add a client to the business, and its first property when a street and city are given."""
    client = Client(
        name=name,
        phone=phone or None,
        email=email or None,
        company=company or None,
        notes=notes,
        created_at=work.now,
    )
    work.session.add(client)
    work.session.flush()
    place = None
    if street or city or state or postcode:
        place = work.do(
            add_property,
            client=client.ref,
            street=street,
            city=city,
            state=state,
            postcode=postcode,
        ).ref
    work.describe(f"Added client {name}")
    return ClientAdded(ref=client.ref, id=client.id, property=place)


# Where messages go is changed here, so a tainted assistant may only propose it.
@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.COMMIT, label="Edit client")
def edit_client(
    work: Work,
    *,
    client: ClientRef,
    name: Name | None = None,
    phone: PhoneField | None = None,
    email: EmailField | None = None,
    company: Line | None = None,
    notes: Words | None = None,
) -> Saved:
    """Change what is known about a client. What is not given stays; empty text clears."""
    row = work.get(Client, number_of(client), "client")
    changes: dict[str, Any] = {"name": name, "notes": notes}
    cleared = {"phone": phone, "email": email, "company": company}
    for field, value in changes.items():
        if value is not None:
            setattr(row, field, value)
    for field, text in cleared.items():
        if text is not None:
            setattr(row, field, text or None)
    work.describe(f"Edited client {row.name}")
    return Saved(ref=row.ref, id=row.id)


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.COMMIT, label="Archive client")
def archive_client(work: Work, *, client: ClientRef) -> Saved:
    """Put a client away: it is left out of lists and cannot be booked, and nothing is lost."""
    row = work.get(Client, number_of(client), "client")
    if row.archived_at is not None:
        raise Conflict(f"{row.name} is already archived.", code="already_archived")
    row.archived_at = work.now
    row.archived_by = work.actor.name
    work.describe(f"Archived client {row.name}")
    return Saved(ref=row.ref, id=row.id)


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.COMMIT, label="Restore client")
def restore_client(work: Work, *, client: ClientRef) -> Saved:
    """Take an archived client back into the lists."""
    row = work.get(Client, number_of(client), "client")
    if row.archived_at is None:
        raise Conflict(f"{row.name} is not archived.", code="not_archived")
    row.archived_at = None
    row.archived_by = None
    work.describe(f"Restored client {row.name}")
    return Saved(ref=row.ref, id=row.id)


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.DRAFT, label="Add property")
def add_property(
    work: Work,
    *,
    client: ClientRef,
    street: Line = "",
    city: Line = "",
    state: Line = "",
    postcode: Line = "",
    label: Line = "",
    access_notes: Words = "",
) -> Saved:
    """Add a place where work is done for a client. Street and city are needed."""
    row = work.get(Client, number_of(client), "client")
    _need_place(street, city)
    place = Property(
        client_id=row.id,
        street=street,
        city=city,
        state=state,
        postcode=postcode,
        label=label,
        access_notes=access_notes,
    )
    work.session.add(place)
    work.session.flush()
    work.describe(f"Added {place.street} for {row.name}")
    return Saved(ref=place.ref, id=place.id)


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.DRAFT, label="Edit property")
def edit_property(
    work: Work,
    *,
    property: PropertyRef,  # noqa: A002
    street: Line | None = None,
    city: Line | None = None,
    state: Line | None = None,
    postcode: Line | None = None,
    label: Line | None = None,
    access_notes: Words | None = None,
) -> Saved:
    """Change a property. What is not given stays as it is."""
    place = work.get(Property, number_of(property), "property")
    given = {
        "street": street,
        "city": city,
        "state": state,
        "postcode": postcode,
        "label": label,
        "access_notes": access_notes,
    }
    for field, value in given.items():
        if value is not None:
            setattr(place, field, value)
    _need_place(place.street, place.city)
    work.describe(f"Edited {place.street}")
    return Saved(ref=place.ref, id=place.id)


def _need_place(street: str, city: str) -> None:
    fields = {}
    if not street:
        fields["street"] = "Give the street and house number."
    if not city:
        fields["city"] = "Give the city."
    if fields:
        raise Invalid("A property needs a street and a city.", code="no_place", fields=fields)

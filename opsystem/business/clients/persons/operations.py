"""What may be done about the people of a client."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from opsystem.business.clients.models import Client, Property
from opsystem.business.clients.persons.models import Person
from opsystem.business.clients.persons.queries import person_record, persons_of
from opsystem.business.clients.persons.records import PersonRecord, PersonRole
from opsystem.business.clients.purposes import Purpose
from opsystem.business.references import ClientRef, PersonRef, PropertyRef, number_of
from opsystem.business.wording import EmailField, Name, PhoneField
from opsystem.kit.errors import Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation, query

Gets = Annotated[
    tuple[Purpose, ...],
    Field(max_length=4, description="What this person hears about instead of the client itself."),
]
Place = Annotated[
    PropertyRef | None, Field(description="The property this person belongs to, as its tenant.")
]


@query(permission=Permission.CLIENTS_READ, label="List people of a client")
def list_persons(work: Work, *, client: ClientRef) -> list[PersonRecord]:
    """List the people at a client besides the client itself, with what each of them hears about."""
    row = work.get(Client, number_of(client), "client")
    return [person_record(one) for one in persons_of(work, row.id)]


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.COMMIT, label="Add person to client")
def add_person(
    work: Work,
    *,
    client: ClientRef,
    name: Name,
    role: PersonRole = PersonRole.OTHER,
    phone: PhoneField = "",
    other_phone: PhoneField = "",
    email: EmailField = "",
    other_email: EmailField = "",
    gets: Gets = (),
    property: Place = None,  # noqa: A002
) -> Saved:
    """Add somebody at a client: a tenant, an owner, accounts. `gets` says what goes to this person."""
    row = work.get(Client, number_of(client), "client")
    person = Person(
        client_id=row.id,
        property_id=_place(work, row.id, property),
        name=name,
        role=role.value,
        phone=phone or None,
        other_phone=other_phone or None,
        email=email or None,
        other_email=other_email or None,
        **{f"gets_{purpose}": purpose in gets for purpose in Purpose},
    )
    work.session.add(person)
    work.session.flush()
    work.describe(f"Added {name} ({role}) to {row.name}")
    return Saved(person.ref, person.id)


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.COMMIT, label="Edit person of client")
def edit_person(
    work: Work,
    *,
    person: PersonRef,
    name: Name | None = None,
    role: PersonRole | None = None,
    phone: PhoneField | None = None,
    other_phone: PhoneField | None = None,
    email: EmailField | None = None,
    other_email: EmailField | None = None,
    gets: Gets | None = None,
    property: Annotated[str | None, Field(description="Like P-12; empty for none.", max_length=40)] = None,  # noqa: A002
) -> Saved:
    """Change what is known about somebody at a client. What is not given stays; empty text clears."""
    row = work.get(Person, number_of(person), "person")
    row.name = name or row.name
    row.role = role.value if role is not None else row.role
    addresses = {"phone": phone, "other_phone": other_phone, "email": email, "other_email": other_email}
    for field, text in addresses.items():
        if text is not None:
            setattr(row, field, text or None)
    if gets is not None:
        for purpose in Purpose:
            setattr(row, f"gets_{purpose}", purpose in gets)
    if property is not None:
        row.property_id = _place(work, row.client_id, property)
    work.describe(f"Edited {row.name}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.COMMIT, label="Remove person from client")
def remove_person(work: Work, *, person: PersonRef) -> Saved:
    """Take somebody off a client; what was written with that person stays."""
    row = work.get(Person, number_of(person), "person")
    name = work.get(Client, row.client_id, "client").name
    work.session.delete(row)
    work.describe(f"Took {row.name} off {name}")
    return Saved(row.ref, row.id)


def _place(work: Work, client_id: int, reference: str | None) -> int | None:
    if not reference:
        return None
    place = work.get(Property, number_of(reference), "property")
    if place.client_id != client_id:
        message = f"{place.ref} is not a property of this client."
        raise Invalid(message, code="other_client", fields={"property": message})
    return place.id

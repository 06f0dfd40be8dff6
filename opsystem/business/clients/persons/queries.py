"""Who at a client hears about what, and who it is that writes."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from opsystem.business.clients.models import Client
from opsystem.business.clients.persons.models import Person
from opsystem.business.clients.persons.records import BillTo, PersonRecord, Recipient
from opsystem.business.clients.purposes import Purpose
from opsystem.kit.refs import make_ref
from opsystem.operations import Work


def person_record(person: Person) -> PersonRecord:
    """Return what is told about somebody at a client."""
    return PersonRecord(
        ref=person.ref,
        id=person.id,
        client=make_ref("client", person.client_id),
        property=make_ref("property", person.property_id) if person.property_id is not None else None,
        name=person.name,
        role=person.role,
        phone=person.phone,
        other_phone=person.other_phone,
        email=person.email,
        other_email=person.other_email,
        gets=[purpose for purpose in Purpose if getattr(person, f"gets_{purpose}")],
    )


def persons_of(work: Work, client_id: int) -> list[Person]:
    """Return the people of a client, the first one entered first."""
    return list(work.session.scalars(select(Person).where(Person.client_id == client_id).order_by(Person.id)))


def recipient_of(
    work: Work, client: Client, purpose: Purpose, channel: str, property_id: int | None = None
) -> Recipient | None:
    """Return who gets a message for a purpose by a channel ("sms" or "email"); None when nobody can.

    People marked for the purpose come before the client itself, those of the property before others; who
    belongs to another property is left out.
    """
    marked = [
        one
        for one in persons_of(work, client.id)
        if getattr(one, f"gets_{purpose}") and one.property_id in {None, property_id}
    ]
    marked.sort(key=lambda one: one.property_id is None)
    for one in marked:
        address = (one.phone or one.other_phone) if channel == "sms" else (one.email or one.other_email)
        if address:
            return Recipient(one.name, address, one.ref, one.role)
    own = client.phone if channel == "sms" else client.email
    return Recipient(client.name, own.lower(), None, "") if own else None


def persons_at(work: Work, channel: str, address: str) -> list[Person]:
    """Return everybody at any client with this phone number ("sms") or email address."""
    if channel == "sms":
        same = or_(Person.phone == address, Person.other_phone == address)
    else:
        same = or_(func.lower(Person.email) == address, func.lower(Person.other_email) == address)
    return list(work.session.scalars(select(Person).where(same).order_by(Person.id)))


def bill_to(work: Work, client: Client) -> BillTo:
    """Return to whom and where a client's invoices go."""
    to = recipient_of(work, client, Purpose.INVOICES, "email")
    person = to.name if to is not None and to.person is not None else ""
    place = " ".join(part for part in (client.bill_state, client.bill_postcode) if part)
    city = ", ".join(part for part in (client.bill_city, place) if part)
    name = client.bill_name or client.company or client.name
    attention = person or (client.name if client.name != name else "")
    return BillTo(
        name, attention, [line for line in (client.bill_street, city) if line], to.address if to else None
    )

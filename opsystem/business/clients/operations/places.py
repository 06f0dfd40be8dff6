"""The places where work is done for a client."""

from __future__ import annotations

from opsystem.business.clients.models import Client, Property
from opsystem.business.fields.answering import Answers, write_answers
from opsystem.business.references import ClientRef, PropertyRef, number_of
from opsystem.business.wording import Line, Words
from opsystem.kit.errors import Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation


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
    fields: Answers = {},  # noqa: B006
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
    write_answers(work, "property", place.id, fields)
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
    fields: Answers = {},  # noqa: B006
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
    write_answers(work, "property", place.id, fields)
    work.describe(f"Edited {place.street}")
    return Saved(ref=place.ref, id=place.id)


def _need_place(street: str, city: str) -> None:
    wrong = {}
    if not street:
        wrong["street"] = "Give the street and house number."
    if not city:
        wrong["city"] = "Give the city."
    if wrong:
        raise Invalid("A property needs a street and a city.", code="no_place", fields=wrong)

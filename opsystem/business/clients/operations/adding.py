"""Adding clients and changing what is known of them."""

from __future__ import annotations

from typing import Any

from opsystem.business.clients.models import Client
from opsystem.business.clients.operations.places import add_property
from opsystem.business.clients.records import ClientAdded
from opsystem.business.fields.answering import Answers, write_answers
from opsystem.business.references import ClientRef, number_of
from opsystem.business.wording import EmailField, Line, Name, PhoneField, Words
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
    fields: Answers = {},  # noqa: B006
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
    write_answers(work, "client", client.id, fields)
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
    bill_name: Line | None = None,
    bill_street: Line | None = None,
    bill_city: Line | None = None,
    bill_state: Line | None = None,
    bill_postcode: Line | None = None,
    fields: Answers = {},  # noqa: B006
) -> Saved:
    """Change what is known about a client, or where its invoices go (`bill_*`).

    What is not given stays; empty text clears.
    """
    row = work.get(Client, number_of(client), "client")
    changes: dict[str, Any] = {
        "name": name,
        "notes": notes,
        "bill_name": bill_name,
        "bill_street": bill_street,
        "bill_city": bill_city,
        "bill_state": bill_state,
        "bill_postcode": bill_postcode,
    }
    cleared = {"phone": phone, "email": email, "company": company}
    for field, value in changes.items():
        if value is not None:
            setattr(row, field, value)
    for field, text in cleared.items():
        if text is not None:
            setattr(row, field, text or None)
    write_answers(work, "client", row.id, fields)
    work.describe(f"Edited client {row.name}")
    return Saved(ref=row.ref, id=row.id)

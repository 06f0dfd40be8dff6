"""The tables of an export about clients beside the clients themselves: people, wishes."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.clients.consent.models import Consent
from opsystem.business.clients.models import Client, Property
from opsystem.business.clients.persons.models import Person
from opsystem.business.clients.persons.queries import person_record
from opsystem.lifecycle.exporting.sheets import Sheet

CLIENT_SHEETS = (
    Sheet(
        "People.csv",
        "Who is to be spoken to at each client",
        "Number, Name, Role, Client, Client number, At, Phone, Other phone, Email, Other email, Hears about",
        select(Person, Client, Property)
        .join(Client, Client.id == Person.client_id)
        .outerjoin(Property, Property.id == Person.property_id),
        Person.id,
        lambda row, words: (
            row.Person.ref, row.Person.name, row.Person.role, row.Client.name, row.Client.ref,
            row.Property.address if row.Property else "", words.phone(row.Person.phone),
            words.phone(row.Person.other_phone), row.Person.email, row.Person.other_email,
            ", ".join(person_record(row.Person).gets),
        ),
    ),
    Sheet(
        "Preferences.csv",
        "What clients want to hear about, each wish as it was told",
        "When, Client, Client number, By, About, Wanted, In these words, Told by, Written down by",
        select(Consent, Client).join(Client, Client.id == Consent.client_id),
        Consent.id,
        lambda row, words: (
            words.at(row.Consent.at), row.Client.name, row.Client.ref, row.Consent.channel,
            row.Consent.topic, row.Consent.allowed, row.Consent.wording, row.Consent.source, row.Consent.by,
        ),
    ),
)  # fmt: skip

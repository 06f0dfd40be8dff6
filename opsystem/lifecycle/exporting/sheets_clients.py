"""The tables of an export about clients beside the clients themselves: people, wishes."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.clients.consent.models import Consent
from opsystem.business.clients.models import Client, Property
from opsystem.business.clients.persons.models import Person
from opsystem.business.clients.persons.queries import person_record
from opsystem.business.equipment.models import Equipment, EquipmentService
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
    Sheet(
        "Equipment.csv",
        "What stands at your clients' places",
        "Number, Sort, Maker, Model, Serial, Client, Client number, At, Where, Installed, Warranty until,"
        " Notes, Taken out, Why",
        select(Equipment, Client, Property)
        .join(Client, Client.id == Equipment.client_id)
        .join(Property, Property.id == Equipment.property_id),
        Equipment.id,
        lambda row, words: (
            row.Equipment.ref, row.Equipment.sort, row.Equipment.maker, row.Equipment.model,
            row.Equipment.serial, row.Client.name, row.Client.ref, row.Property.address, row.Equipment.place,
            row.Equipment.installed_on, row.Equipment.warranty_until, row.Equipment.notes,
            words.at(row.Equipment.removed_at), row.Equipment.removed_reason,
        ),
    ),
    Sheet(
        "Equipment service.csv",
        "What was done to equipment, and when",
        "Equipment, Equipment number, Day, What was done, Visit, Written by",
        select(EquipmentService, Equipment).join(Equipment, Equipment.id == EquipmentService.equipment_id),
        EquipmentService.id,
        lambda row, _: (
            row.Equipment.title, row.Equipment.ref, row.EquipmentService.day, row.EquipmentService.words,
            f"V-{row.EquipmentService.visit_id}" if row.EquipmentService.visit_id else "",
            row.EquipmentService.noted_by,
        ),
    ),
)  # fmt: skip

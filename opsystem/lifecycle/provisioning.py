"""Making a business: its entry in the control plane, its vault, its owner, its addresses."""

from __future__ import annotations

import re

from django.db import transaction

from opsystem.business.nouns import SCHEMA
from opsystem.business.profile.channels import assign_addresses
from opsystem.business.team.founding import found_business
from opsystem.control.accounts.models import Person
from opsystem.control.businesses.directory import add_channel, join_business
from opsystem.control.businesses.models import Business
from opsystem.control.hosting.places import open_for_work, reserve_place, waker_of
from opsystem.control.installation import installation
from opsystem.kit import clock
from opsystem.operations import Actor, Role
from opsystem.vault import Vault

_OTHER = re.compile(r"[^a-z0-9]+")


def start_business(
    person: Person, *, name: str, phone: str, website: str, industry: str, zone: str = "America/Chicago"
) -> Business:
    """Make a business with `person` as its owner; return it with its vault made and open for work.

    A crash on the way leaves an entry without a vault, which nobody is a member of.
    """
    with transaction.atomic():
        business = Business.objects.create(
            name=name, phone=phone, website=website, industry=industry, created_by=person
        )
        place = reserve_place(business)
    wake = waker_of(place.row_id)
    with Vault.create(place.path, place.vault_id, place.key, SCHEMA, wake=wake) as vault:
        owner = Actor.person(id=str(person.pk), name=person.name, role=Role.OWNER, member_id=1)
        founded = found_business.perform(
            vault,
            owner,
            {
                "name": name,
                "phone": phone,
                "website": website,
                "industry": industry,
                "zone": zone,
                "owner_name": person.name,
                "owner_email": person.email,
            },
        )
        address = mail_address(business)
        assign_addresses.perform(vault, Actor.system(), {"mail_address": address})
    with transaction.atomic():
        add_channel(business, "email", address)
        join_business(business, person, role=Role.OWNER.value, member_id=founded.value.member_id)
        open_for_work(place, schema_version=str(SCHEMA.version))
    wake("lifecycle", clock.now())
    return business


def mail_address(business: Business) -> str:
    """Return the address a business sends mail from: its name, and its number so that it is nobody else's."""
    name = _OTHER.sub("-", business.name.lower()).strip("-")[:40].strip("-") or "office"
    return f"{name}-{business.number}@{installation().mailgun.domain}"

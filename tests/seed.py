"""`python -m tests.seed`: people and businesses of a running installation, made without its pages.

tests.seed business "Hurley Plumbing" alice@example.com Alice   -> number and owner's token
tests.seed member NUMBER bob@example.com Bob technician         -> token and the member's reference
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402

from opsystem.business.team.operations import add_member, join_member  # noqa: E402
from opsystem.control.accounts.models import Person  # noqa: E402
from opsystem.control.businesses.directory import business_numbered, join_business  # noqa: E402
from opsystem.control.hosting.places import place_of  # noqa: E402
from opsystem.control.tokens.keyring import make_token  # noqa: E402
from opsystem.kit import clock  # noqa: E402
from opsystem.lifecycle.opening import open_vault  # noqa: E402
from opsystem.lifecycle.provisioning import start_business  # noqa: E402
from opsystem.operations import Actor, Role  # noqa: E402
from tests.product import PASSWORD  # noqa: E402


def person(email: str, name: str) -> Person:
    """Return a person with a confirmed address, made if new."""
    found = Person.objects.filter(email=email).first()
    if found is None:
        found = Person(email=email, name=name, confirmed_16_at=clock.now())
        found.set_password(PASSWORD)
        found.save()
        EmailAddress.objects.create(user=found, email=email, verified=True, primary=True)
    return found


def business(name: str, email: str, owner: str) -> dict[str, Any]:
    """Make a business; return its number and its owner's token."""
    who = person(email, owner)
    made = start_business(who, name=name, phone="+12285550100", website="", industry="Plumbing")
    _, secret = make_token(who, made, label="tests")
    return {"number": made.number, "token": secret}


def member(number: str, email: str, name: str, role: str) -> dict[str, Any]:
    """Add a member who has joined; return the token and the reference."""
    who, whose = person(email, name), business_numbered(int(number))
    with open_vault(place_of(whose.pk)) as vault:
        owner = Actor.person(id="1", name="Seed", role=Role.OWNER, member_id=1)
        row = add_member.perform(vault, owner, {"name": name, "email": email, "role": role}).value
        join_member.perform(vault, Actor.system(), {"member": row.ref, "account_id": str(who.pk)})
    join_business(whose, who, role=role, member_id=row.id)
    _, secret = make_token(who, whose, label="tests")
    return {"ref": row.ref, "token": secret}


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    print(json.dumps({"business": business, "member": member}[verb](*words)))

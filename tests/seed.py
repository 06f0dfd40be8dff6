"""`python -m tests.seed`: people and businesses of a running installation, made without its pages.

tests.seed business "Hurley Plumbing" alice@example.com Alice   -> number and owner's token
tests.seed member NUMBER bob@example.com Bob technician         -> token and the member's reference
tests.seed sessions alice@example.com 3                         -> the cookie's name and so many values
tests.seed vault NUMBER                                         -> path, id and key of its vault
tests.seed many '[["business", …], ["sessions", …]]'            -> what each of these gives
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import login  # noqa: E402
from django.http import HttpRequest  # noqa: E402

from opsystem.business.team.operations import add_member, join_member  # noqa: E402
from opsystem.control.accounts.models import Person  # noqa: E402
from opsystem.control.accounts.sessions import SessionStore  # noqa: E402
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
    _, secret = make_token(who, made, label="tests", reach=4)
    return {"number": made.number, "token": secret}


def member(number: int | str, email: str, name: str, role: str) -> dict[str, Any]:
    """Add a member who has joined; return the token and the reference."""
    who, whose = person(email, name), business_numbered(int(number))
    with open_vault(place_of(whose.pk)) as vault:
        owner = Actor.person(id="1", name="Seed", role=Role.OWNER, member_id=1)
        row = add_member.perform(vault, owner, {"name": name, "email": email, "role": role}).value
        join_member.perform(vault, Actor.system(), {"member": row.ref, "account_id": str(who.pk)})
    join_business(whose, who, role=role, member_id=row.id)
    _, secret = make_token(who, whose, label="tests", reach=4)
    return {"ref": row.ref, "token": secret}


def sessions(email: str, count: str) -> dict[str, Any]:
    """Sign a person in so many times; return the cookie's name and its values."""
    values = []
    for _ in range(int(count)):
        request = HttpRequest()
        request.session = session = SessionStore()
        login(request, person(email, email.partition("@")[0]), backend=settings.AUTHENTICATION_BACKENDS[0])
        session.save()
        values.append(session.token)
    return {"name": settings.SESSION_COOKIE_NAME, "values": values}


def vault(number: str) -> dict[str, str]:
    """Return where the vault of a business is, and what opens it."""
    place = place_of(business_numbered(int(number)).pk)
    return {"path": str(place.path), "id": place.vault_id, "key": place.key.hex()}


def many(orders: str) -> list[Any]:
    """Do several things in one process, which takes as long to start as all of them."""
    return [VERBS[verb](*words) for verb, *words in json.loads(orders)]


VERBS: dict[str, Callable[..., Any]] = {
    "business": business,
    "member": member,
    "sessions": sessions,
    "vault": vault,
    "many": many,
}

if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    print(json.dumps(VERBS[verb](*words)))

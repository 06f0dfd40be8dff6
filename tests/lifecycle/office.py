"""Alice's business as the installation has it, with browsers of the people who may enter it or try to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.contrib.auth import login
from django.test import Client, RequestFactory

from opsystem.business.team.operations import add_member, join_member
from opsystem.control.accounts.models import Person
from opsystem.control.accounts.sessions import SessionStore
from opsystem.control.audit.events import Origin
from opsystem.control.businesses.directory import join_business, membership_of
from opsystem.control.businesses.models import Business
from opsystem.control.hosting.places import place_of
from opsystem.lifecycle.opening import close_idle_vault, vault_in_use
from opsystem.lifecycle.people import Desk
from opsystem.lifecycle.provisioning import start_business
from opsystem.operations import Actor, Role
from opsystem.vault import Vault
from tests.control.people import new_person


@dataclass(frozen=True)
class Office:
    """A business with its open vault and its owner."""

    business: Business
    vault: Vault
    alice: Person

    @property
    def number(self) -> int:
        return self.business.number

    def path(self, rest: str = "") -> str:
        """Return the address of a page of the business."""
        return f"/b/{self.business.number}/{rest}"

    def actor(self, person: Person) -> Actor:
        """Return who a person is here. Raises NotFound for somebody who is not."""
        membership = membership_of(person, self.business.number)
        role, member_id = Role(membership.role), membership.member_id
        return Actor.person(id=str(person.pk), name=person.name, role=role, member_id=member_id)

    def desk(self, person: Person | None = None) -> Desk:
        """Return where somebody (Alice) changes the team."""
        person = person or self.alice
        return Desk(self.business, self.vault, self.actor(person), person, Origin())

    def hire(self, name: str, role: str) -> Person:
        """Put a person with an account on the team, joined, without letters."""
        person = new_person(name)
        given = {"name": name, "email": person.email, "role": role}
        row = add_member.perform(self.vault, self.actor(self.alice), given).value
        join_business(self.business, person, role=role, member_id=row.id)
        join = {"member": row.ref, "account_id": str(person.pk)}
        join_member.perform(self.vault, Actor.system(), join)
        return person


def browser_of(person: Person) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client(HTTP_HOST="localhost", HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/140.0")
    request = RequestFactory(HTTP_HOST="localhost").get("/in")
    request.session = SessionStore()
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.token or ""
    return client


@pytest.fixture
def office(installation: object) -> Iterator[Office]:  # noqa: ARG001 - tables must be there
    """Hurley Plumbing, started by Alice a moment ago."""
    alice = new_person("Alice")
    business = start_business(
        alice, name="Hurley Plumbing", phone="+12285550142", website="hurley.example", industry="plumbing"
    )
    vault_id = place_of(business.pk).vault_id
    with vault_in_use(vault_id) as vault:
        yield Office(business, vault, alice)
    close_idle_vault(vault_id)

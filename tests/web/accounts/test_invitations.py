"""An invitation by mail: accepted once, by the address it was sent to, with or without an account before."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from opsystem.business.team.queries import list_team
from opsystem.control.accounts.models import Person
from opsystem.control.audit.events import Origin
from opsystem.control.businesses.directory import membership_of
from opsystem.control.businesses.models import Business
from opsystem.control.hosting.places import place_of
from opsystem.lifecycle.opening import vault_in_use
from opsystem.lifecycle.people import Desk, invite
from opsystem.lifecycle.provisioning import start_business
from opsystem.operations import Actor, Role
from tests.control.people import PASSWORD, new_person
from tests.web.accounts.mailbox import Mailbox

_LINK = re.compile(r"http://localhost:\d+(/invitations/\S+)")


@pytest.fixture
def business(mailbox: Mailbox) -> Business:  # noqa: ARG001 - letters must arrive somewhere
    alice = new_person("Alice")
    return start_business(
        alice, name="Hurley Plumbing", phone="+18455550111", website="", industry="plumbing"
    )


def owner_of(business: Business) -> tuple[Person, Actor]:
    alice = business.created_by
    assert isinstance(alice, Person)
    return alice, Actor.person(id=str(alice.pk), name=alice.name, role=Role.OWNER, member_id=1)


def invited(business: Business, mailbox: Mailbox, email: str) -> str:
    """Invite a technician; answers the path in the letter that came."""
    alice, actor = owner_of(business)
    with vault_in_use(place_of(business.pk).vault_id) as vault:
        desk = Desk(business, vault, actor, alice, Origin())
        assert invite(desk, name="Bob", email=email, role="technician").letter_sent
    letter = mailbox.newest(email)
    assert letter["subject"] == "Alice invites you to Hurley Plumbing"
    found = _LINK.search(letter["text"])
    assert found
    return found[1]


def test_bob_joins_with_the_account_he_has(browser: Client, business: Business, mailbox: Mailbox) -> None:
    bob = new_person("Bob", password=PASSWORD)
    path = invited(business, mailbox, bob.email)
    assert "Hurley Plumbing" in browser.get(path).content.decode()
    browser.post("/in", {"login": bob.email, "password": PASSWORD, "next": path})
    assert browser.post(path)["Location"] == f"/b/{business.number}/"
    assert membership_of(bob, business.number).role == "technician"
    assert browser.get(path).status_code == 404
    with vault_in_use(place_of(business.pk).vault_id) as vault:
        team = list_team.ask(vault, owner_of(business)[1])
    assert [(one.name, one.account_id) for one in team if one.name == "Bob"] == [("Bob", str(bob.pk))]


def test_bob_makes_an_account_on_the_way(browser: Client, business: Business, mailbox: Mailbox) -> None:
    email = f"bob-of-{business.number}@mail.example"
    path = invited(business, mailbox, email)
    assert f"email=bob-of-{business.number}%40mail.example" in browser.get(path).content.decode()
    assert f'value="{email}"' in browser.get(f"/up?email={email}&next={path}").content.decode()
    given = {"name": "Bob", "email": email, "password1": PASSWORD, "confirmed_16": "on", "next": path}
    browser.post("/up", given)
    assert browser.post("/up/code", {"code": mailbox.code(email)})["Location"] == path
    assert browser.post(path)["Location"] == f"/b/{business.number}/"
    assert membership_of(Person.objects.get(email=email), business.number).role == "technician"


def test_carl_cannot_use_bobs_invitation(browser: Client, business: Business, mailbox: Mailbox) -> None:
    carl = new_person("Carl", password=PASSWORD)
    path = invited(business, mailbox, f"bob-of-{business.number}@mail.example")
    browser.post("/in", {"login": carl.email, "password": PASSWORD})
    refused = browser.post(path)
    assert refused.status_code == 403
    assert "another email address" in refused.content.decode()


def test_without_signing_in_nothing_is_accepted(
    browser: Client, business: Business, mailbox: Mailbox
) -> None:
    path = invited(business, mailbox, f"bob-of-{business.number}@mail.example")
    assert browser.post(path).status_code == 200
    assert browser.get(path).status_code == 200


def test_an_invitation_that_is_not_there_says_so(browser: Client) -> None:
    answer = browser.get("/invitations/not-a-token")
    assert answer.status_code == 404
    assert "no longer open" in answer.content.decode()

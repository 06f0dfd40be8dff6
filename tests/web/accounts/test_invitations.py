"""An invitation by mail: accepted once, by the address it was sent to, with or without an account before."""

from __future__ import annotations

import pytest
from django.test import Client

from opsystem.business.team.operations import add_member
from opsystem.control.accounts.models import Person
from opsystem.control.businesses.directory import membership_of
from opsystem.control.businesses.invitations import invite_person
from opsystem.control.businesses.models import Business
from opsystem.control.hosting.places import place_of
from opsystem.lifecycle.opening import vault_in_use
from opsystem.lifecycle.provisioning import start_business
from opsystem.operations import Actor, Role
from tests.control.people import PASSWORD, new_person
from tests.web.accounts.mailbox import Mailbox


@pytest.fixture
def business(mailbox: Mailbox) -> Business:  # noqa: ARG001 - letters must arrive somewhere
    return start_business(
        new_person("Alice"), name="Hurley Plumbing", phone="+12285550142", website="", industry="plumbing"
    )


def invite(business: Business, email: str) -> str:
    """Put Bob on the team and invite him; answers the path of the invitation."""
    alice = Actor.person(id="1", name="Alice", role=Role.OWNER, member_id=1)
    with vault_in_use(place_of(business.pk).vault_id) as vault:
        row = add_member.perform(vault, alice, {"name": "Bob", "email": email, "role": "technician"}).value
    _, token = invite_person(
        business, email=email, name="Bob", role="technician", member_id=row.id, invited_by=business.created_by
    )
    return f"/invitations/{token}"


def test_bob_joins_with_the_account_he_has(browser: Client, business: Business) -> None:
    bob = new_person("Bob", password=PASSWORD)
    path = invite(business, bob.email)
    assert "Hurley Plumbing" in browser.get(path).content.decode()
    browser.post("/in", {"login": bob.email, "password": PASSWORD, "next": path})
    assert browser.post(path)["Location"] == f"/b/{business.number}/"
    assert membership_of(bob, business.number).role == "technician"
    assert browser.get(path).status_code == 404


def test_bob_makes_an_account_on_the_way(browser: Client, business: Business, mailbox: Mailbox) -> None:
    email = f"bob-of-{business.number}@mail.example"
    path = invite(business, email)
    assert f"email=bob-of-{business.number}%40mail.example" in browser.get(path).content.decode()
    assert f'value="{email}"' in browser.get(f"/up?email={email}&next={path}").content.decode()
    given = {"name": "Bob", "email": email, "password1": PASSWORD, "confirmed_16": "on", "next": path}
    browser.post("/up", given)
    assert browser.post("/up/code", {"code": mailbox.code(email)})["Location"] == path
    assert browser.post(path)["Location"] == f"/b/{business.number}/"
    assert membership_of(Person.objects.get(email=email), business.number).member_id == 2


def test_carl_cannot_use_bobs_invitation(browser: Client, business: Business) -> None:
    carl = new_person("Carl", password=PASSWORD)
    path = invite(business, "bob@mail.example")
    browser.post("/in", {"login": carl.email, "password": PASSWORD})
    refused = browser.post(path)
    assert refused.status_code == 403
    assert "another email address" in refused.content.decode()


def test_without_signing_in_nothing_is_accepted(browser: Client, business: Business) -> None:
    path = invite(business, "bob@mail.example")
    assert browser.post(path).status_code == 200
    assert browser.get(path).status_code == 200


def test_an_invitation_that_is_not_there_says_so(browser: Client, business: Business) -> None:  # noqa: ARG001
    answer = browser.get("/invitations/not-a-token")
    assert answer.status_code == 404
    assert "no longer open" in answer.content.decode()

"""The team's pages: inviting, changing, removing, and who may do none of it."""

from __future__ import annotations

import re

import pytest

from opsystem.control.accounts.models import Person
from opsystem.control.businesses.models import Invitation
from tests.control.people import new_person
from tests.lifecycle.office import Office, browser_of
from tests.web.accounts.mailbox import Mailbox

_LINK = re.compile(r"/invitations/\S+")


@pytest.fixture
def mailbox(sandbox_url: str) -> Mailbox:
    return Mailbox(sandbox_url)


def invite(office: Office, bob: Person, **changes: str) -> None:
    """Send the form that invites Bob."""
    given = {"name": "Bob Tran", "email": bob.email, "role": "technician", **changes}
    answer = browser_of(office.alice).post(office.path("team/new"), given)
    assert answer["Location"] == office.path("team")


def test_alice_invites_bob_and_he_comes_in_through_the_letter(office: Office, mailbox: Mailbox) -> None:
    bob = new_person("Bob")
    invite(office, bob, phone="228 555 0155")
    page = browser_of(office.alice).get(office.path("team")).content.decode()
    assert "a letter is on its way" not in page  # told in Alice's other browser only
    for words in ("Bob Tran", bob.email, "Invited", "open until"):
        assert words in page
    link = _LINK.search(mailbox.newest(bob.email)["text"])
    assert link
    browser = browser_of(bob)
    assert "Hurley Plumbing" in browser.get(link[0]).content.decode()
    assert browser.post(link[0])["Location"] == office.path()
    assert browser.get(office.path("clients")).status_code == 200
    assert "Invited" not in browser_of(office.alice).get(office.path("team")).content.decode()


def test_bad_fields_are_said_where_they_are_and_kept(office: Office) -> None:
    bad = {"name": "", "email": "bob at mail", "phone": "none", "role": "king"}
    answer = browser_of(office.alice).post(office.path("team/new"), bad)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Give an email address like" in page
    assert "This is needed." in page
    assert 'value="bob at mail"' in page


def test_an_address_is_on_the_team_once(office: Office, mailbox: Mailbox) -> None:  # noqa: ARG001
    bob = new_person("Bob")
    invite(office, bob)
    again = {"name": "Bob", "email": bob.email, "role": "office"}
    answer = browser_of(office.alice).post(office.path("team/new"), again)
    assert answer.status_code == 422
    assert "already has this address" in answer.content.decode()


def test_an_invitation_is_sent_again_and_taken_back(office: Office, mailbox: Mailbox) -> None:
    bob, alice = new_person("Bob"), browser_of(office.alice)
    invite(office, bob)
    alice.post(office.path("team/2/invitation"))
    assert len(mailbox.mails(bob.email)) == 2
    alice.post(office.path("team/2/invitation/end"))
    assert not Invitation.objects.filter(business=office.business, revoked_at=None).exists()
    assert "Not invited" in alice.get(office.path("team")).content.decode()


def test_a_role_is_changed_and_a_person_removed(office: Office) -> None:
    bob, alice = office.hire("Bob", "technician"), browser_of(office.alice)
    assert "checked" in alice.get(office.path("team/2/role")).content.decode()
    alice.post(office.path("team/2/role"), {"role": "office"})
    assert office.actor(bob).role == "office"
    assert "Remove Bob" in alice.get(office.path("team/2/removal")).content.decode()
    alice.post(office.path("team/2/removal"))
    assert browser_of(bob).get(office.path("clients")).status_code == 404
    assert (
        "Bob"
        not in alice.get(office.path("team"), follow=True)
        .content.decode()
        .split("<main")[1]
        .split('id="toasts"')[0]
    )


def test_the_own_role_cannot_be_touched(office: Office) -> None:
    alice = browser_of(office.alice)
    assert office.path("team/1/role") not in alice.get(office.path("team")).content.decode()
    assert alice.post(office.path("team/1/role"), {"role": "readonly"}).status_code == 403
    assert alice.post(office.path("team/1/removal")).status_code == 403
    assert office.actor(office.alice).role == "owner"


def test_a_role_that_is_none_is_said_at_the_field(office: Office) -> None:
    office.hire("Bob", "technician")
    assert browser_of(office.alice).post(office.path("team/2/role"), {"role": "king"}).status_code == 422


def test_an_admin_is_offered_everything_but_ownership(office: Office) -> None:
    dana = browser_of(office.hire("Dana", "admin"))
    assert 'value="owner"' not in dana.get(office.path("team/new")).content.decode()
    refused = dana.post(office.path("team/new"), {"name": "Eve", "email": "e@mail.example", "role": "owner"})
    assert refused.status_code == 403


@pytest.mark.parametrize("role", ["technician", "office", "bookkeeper", "readonly"])
def test_others_change_nothing(office: Office, role: str) -> None:
    bob = browser_of(office.hire("Bob", role))
    office.hire("Eve", "technician")
    assert bob.get(office.path("team")).status_code == (403 if role == "technician" else 200)
    for rest in ("team/new", "team/3/role", "team/3/removal"):
        assert bob.get(office.path(rest)).status_code == 403
    for rest in ("team/new", "team/3/role", "team/3/removal", "team/3/invitation", "team/3/invitation/end"):
        assert bob.post(office.path(rest), {"role": "owner"}).status_code == 403


def test_carl_finds_no_team_here(office: Office) -> None:
    carl = browser_of(new_person("Carl"))
    for rest in ("team", "team/new", "team/1/role", "team/1/removal"):
        assert carl.get(office.path(rest)).status_code == 404

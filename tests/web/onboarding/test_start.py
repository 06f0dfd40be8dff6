"""A plumber in Hurley starts her business and begins with what her trade brings."""

from __future__ import annotations

import pytest
from django.test import Client

from opsystem.business.checklists.queries import list_checklists
from opsystem.business.prices.queries import list_prices
from opsystem.business.profile.queries import business_profile
from opsystem.control.accounts.models import Person
from opsystem.control.businesses.directory import memberships_of
from opsystem.control.hosting.places import place_of
from opsystem.lifecycle.opening import vault_in_use
from opsystem.operations import Actor, Role
from tests.control.people import new_person
from tests.lifecycle.office import Office, browser_of

ANSWERS = {
    "name": "Gulf Plumbing",
    "phone": "(228) 555-0142",
    "website": "gulfplumbing.example",
    "industry": "plumbing",
    "zone": "America/Chicago",
}


@pytest.fixture
def dana(installation: object) -> Person:  # noqa: ARG001 - tables must be there
    return new_person("Dana")


def start(browser: Client, **changes: str) -> str:
    """Send the first step; answers where it leads."""
    answer = browser.post("/start", {**ANSWERS, "request_id": "start-1", **changes})
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def test_the_front_door_leads_somebody_without_a_business_to_the_start(dana: Person) -> None:
    browser = browser_of(dana)
    assert browser.get("/", follow=True).redirect_chain[-1][0] == "/start"


def test_a_few_words_make_a_business_with_its_vault(dana: Person) -> None:
    assert start(browser_of(dana), zone="America/Denver").endswith("/start/pack")
    (membership,) = memberships_of(dana)
    owner = Actor.person(id=str(dana.pk), name="Dana", role=Role.OWNER, member_id=membership.member_id)
    with vault_in_use(place_of(membership.business_id).vault_id) as vault:
        profile = business_profile.ask(vault, owner)
    assert (membership.role, membership.business.industry) == ("owner", "plumbing")
    assert (profile.name, profile.phone, profile.zone) == ("Gulf Plumbing", "+12285550142", "America/Denver")


def test_sending_the_first_step_twice_makes_one_business(dana: Person) -> None:
    browser = browser_of(dana)
    assert start(browser) == start(browser)
    assert len(memberships_of(dana)) == 1


def test_bad_answers_are_said_at_their_fields_and_nothing_typed_is_lost(dana: Person) -> None:
    bad = {"name": "", "phone": "call me", "website": "not a site", "industry": "piracy", "zone": "Mars/Base"}
    answer = browser_of(dana).post("/start", bad)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "This is needed.",
        "Give a phone number with its area code",
        "Give an address like hurleyplumbing.com",
        "Choose your trade",
        "Give a time zone",
    ):
        assert words in page
    assert 'value="call me"' in page
    assert 'value="not a site"' in page
    assert memberships_of(dana) == []


def test_a_second_business_can_be_added(office: Office) -> None:
    browser = browser_of(office.alice)
    assert "Another business" in browser.get("/start").content.decode()
    start(browser, name="Gulf Cleaning", industry="cleaning")
    assert len(memberships_of(office.alice)) == 2


def test_without_signing_in_there_is_no_start(installation: object) -> None:  # noqa: ARG001
    answer = Client(HTTP_HOST="localhost").post("/start", ANSWERS)
    assert answer["Location"].startswith("/in?")


def test_her_trade_brings_prices_checklists_and_messages(office: Office) -> None:
    browser = browser_of(office.alice)
    page = browser.get(office.path("start/pack")).content.decode()
    assert page.index('value="plumbing"') < page.index('value="cleaning"')
    answer = browser.post(office.path("start/pack"), {"name": "plumbing", "request_id": "p-1"})
    assert answer["Location"] == office.path()
    alice = office.actor(office.alice)
    prices = list_prices.ask(office.vault, alice)
    assert "Service call and diagnosis" in [price.name for price in prices]
    assert all(price.suggested for price in prices)
    assert list_checklists.ask(office.vault, alice)
    assert "Already here" in browser.get(office.path("start/pack")).content.decode()


def test_a_pack_that_is_not_there_is_refused_at_the_field(office: Office) -> None:
    answer = browser_of(office.alice).post(office.path("start/pack"), {"name": "piracy"})
    assert answer.status_code == 422
    assert "Choose one of" in answer.content.decode()


def test_bob_cannot_choose_for_the_business(office: Office) -> None:
    bob = browser_of(office.hire("Bob", "technician"))
    assert bob.get(office.path("start/pack")).status_code == 403
    assert bob.post(office.path("start/pack"), {"name": "plumbing"}).status_code == 403

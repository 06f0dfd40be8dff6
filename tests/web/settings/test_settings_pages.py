"""Settings: the business, what is switched off, lists, tokens, and who was told what."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass

import pytest
from django.test import Client

from opsystem.business.checklists.operations import add_checklist
from opsystem.business.checklists.queries import list_checklists
from opsystem.business.profile.disclosures import list_disclosures
from opsystem.business.profile.queries import business_profile, list_switches
from opsystem.business.templates.queries import list_templates
from opsystem.control.audit.models import Event
from opsystem.control.tokens.keyring import token_behind
from opsystem.kit.errors import Forbidden
from opsystem.vault.disclosures import DisclosureLedger
from tests.control.people import new_person
from tests.lifecycle.office import Office, browser_of

BUSINESS = {
    "name": "Hurley & Sons",
    "phone": "(228) 555-0177",
    "website": "",
    "industry": "hvac",
    "zone": "America/Denver",
    "sms_hold": "20",
    "mail_hold": "60",
}
PAGES = (
    "settings",
    "settings/business",
    "settings/switches",
    "settings/tokens",
    "settings/disclosures",
    "settings/checklists",
    "settings/checklists/new",
    "settings/templates",
    "settings/templates/new",
    "settings/download",
    "settings/download/file/a-word",
)


@dataclass(frozen=True)
class Told:
    """A disclosure as a gateway writes it."""

    initiator: str
    vendor: str = "twilio"
    purpose: str = "send a text"
    categories: tuple[str, ...] = ("message content", "phone numbers")
    bytes: int = 140
    ref: str = "M-1"


@pytest.fixture
def alice(office: Office) -> Client:
    return browser_of(office.alice)


def test_home_leads_to_everything(office: Office, alice: Client) -> None:
    page = alice.get(office.path("settings")).content.decode()
    for rest in (*PAGES[1:6], "settings/templates", "settings/download", "team", "prices", "history"):
        assert f'href="{office.path(rest)}"' in page, rest
    assert f"hurley-plumbing-{office.number}@" in page


def test_the_business_is_changed(office: Office, alice: Client) -> None:
    assert alice.post(office.path("settings/business"), BUSINESS).status_code == 303
    profile = business_profile.ask(office.vault, office.actor(office.alice))
    assert (profile.name, profile.phone, profile.website) == ("Hurley & Sons", "+12285550177", "")
    assert (profile.zone, profile.sms_hold, profile.mail_hold) == ("America/Denver", 20, 60)
    page = alice.get(office.path("settings/business")).content.decode()
    office.business.refresh_from_db()
    assert office.business.name == "Hurley & Sons"
    undo = re.search(r'action="([^"]+/undo)"', page)
    assert undo, "a saved change can be taken back"
    alice.post(undo[1])
    assert "Hurley &amp; Sons" not in alice.get(office.path("settings")).content.decode()
    office.business.refresh_from_db()
    assert office.business.name == "Hurley Plumbing"


def test_bad_answers_about_the_business_are_kept_and_said(office: Office, alice: Client) -> None:
    bad = {**BUSINESS, "name": "", "phone": "soon", "zone": "Mars/Base", "sms_hold": "9999"}
    answer = alice.post(office.path("settings/business"), bad)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="soon"' in page
    assert 'value="9999"' in page
    for words in ("This is needed.", "Give a phone number", "Give a time zone"):
        assert words in page
    assert business_profile.ask(office.vault, office.actor(office.alice)).name == "Hurley Plumbing"


def test_switched_off_means_off_until_switched_on(office: Office, alice: Client) -> None:
    alice.post(office.path("settings/switches"), {"name": "sms", "on": "false"})
    state = {row.name: row.on for row in list_switches.ask(office.vault, office.actor(office.alice))}
    assert state == {"sms": False, "email": True, "assistant": True}
    page = alice.get(office.path("settings/switches")).content.decode()
    assert "by Alice" in page
    assert "Text messages off" in alice.get(office.path("settings")).content.decode()
    alice.post(office.path("settings/switches"), {"name": "sms", "on": "true"})
    assert all(row.on for row in list_switches.ask(office.vault, office.actor(office.alice)))


def test_a_switch_that_is_none_is_refused(office: Office, alice: Client) -> None:
    assert alice.post(office.path("settings/switches"), {"name": "all", "on": "false"}).status_code == 422


def test_a_token_is_shown_once_works_and_ends(office: Office, alice: Client) -> None:
    made = alice.post(office.path("settings/tokens"), {"label": "Website", "days": "30", "request_id": "t-1"})
    found = re.search(r"ops_[\w-]{20,}", made.content.decode())
    assert found
    secret = found[0]
    assert token_behind(secret, office.number)[1].person_id == office.alice.pk
    again = alice.post(
        office.path("settings/tokens"), {"label": "Website", "days": "30", "request_id": "t-1"}
    )
    assert "ops_" not in again.content.decode()
    page = alice.get(office.path("settings/tokens")).content.decode()
    assert "Website" in page
    assert "ops_" not in page
    number = re.search(r"settings/tokens/(\d+)/end", page)
    assert number
    alice.post(office.path(f"settings/tokens/{number[1]}/end"))
    with pytest.raises(Forbidden):
        token_behind(secret, office.number)


def test_a_token_needs_a_name(office: Office, alice: Client) -> None:
    answer = alice.post(office.path("settings/tokens"), {"label": " ", "days": "4000"})
    assert answer.status_code == 422
    assert "ops_" not in answer.content.decode()


def test_nobody_ends_anothers_token(office: Office, alice: Client) -> None:
    made = alice.post(office.path("settings/tokens"), {"label": "Website", "days": "30"}).content.decode()
    found, number = re.search(r"ops_[\w-]{20,}", made), re.search(r"settings/tokens/(\d+)/end", made)
    assert found
    assert number
    dana = browser_of(office.hire("Dana", "admin"))
    assert dana.post(office.path(f"settings/tokens/{number[1]}/end")).status_code == 404
    assert token_behind(found[0], office.number)


def test_a_checklist_is_written_line_by_line(office: Office, alice: Client) -> None:
    lines = "Photo before\r\n\r\n  Shut the water \r\nLeak test"
    alice.post(office.path("settings/checklists/new"), {"name": "Heater", "items": lines})
    alice_acts = office.actor(office.alice)
    (row,) = list_checklists.ask(office.vault, alice_acts)
    assert row.items == ["Photo before", "Shut the water", "Leak test"]
    page = alice.get(office.path("settings/checklists/1/edit")).content.decode()
    assert "Shut the water\nLeak test" in page
    alice.post(office.path("settings/checklists/1/edit"), {"name": "Heater", "items": "Only this"})
    assert list_checklists.ask(office.vault, alice_acts)[0].items == ["Only this"]


def test_saving_a_checklist_keeps_what_its_lines_ask_for(office: Office, alice: Client) -> None:
    actor = office.actor(office.alice)
    items = [
        "Hot | cold; off",
        {"text": "Before", "asks": "photo", "required": True},
        {"text": "Pressure", "asks": "reading", "unit": "psi", "least": "-1.5", "most": "1200"},
        {"text": "Filter", "asks": "choice", "choices": ["clean; as new", "dirty"], "required": True},
        {"text": "Serial", "asks": "text"},
    ]
    add_checklist.perform(office.vault, actor, {"name": "Heater", "items": items})
    before = list_checklists.ask(office.vault, actor)[0].lines
    address = office.path("settings/checklists/1/edit")
    page = alice.get(address).content.decode()
    typed = html.unescape(page.split("<textarea")[1].split(">\n", 1)[1].split("</textarea>")[0])
    assert "Pressure | reading psi | from -1.5 | to 1,200" in typed
    assert alice.post(address, {"name": "Boiler", "items": typed}).status_code == 303
    assert list_checklists.ask(office.vault, actor)[0].lines == before
    alice.post(
        address, {"name": "Boiler", "items": typed.replace("Serial | text", "Serial | Photo | required")}
    )
    last = list_checklists.ask(office.vault, actor)[0].lines[-1]
    assert (last.text, last.asks, last.required) == ("Serial", "photo", True)


@pytest.mark.parametrize("items", ["a | smell", "a | from 1", "a | choice b", "a | reading | from 9 | to 1"])
def test_a_line_that_asks_for_nothing_known_is_refused(office: Office, alice: Client, items: str) -> None:
    answer = alice.post(office.path("settings/checklists/new"), {"name": "Heater", "items": items})
    assert answer.status_code == 422
    assert "Line 1: " in answer.content.decode()
    assert items in answer.content.decode()


@pytest.mark.parametrize("items", ["", "x" * 201, "\n".join(["x"] * 101)])
def test_a_checklist_that_cannot_be_is_said_at_its_lines(office: Office, alice: Client, items: str) -> None:
    answer = alice.post(office.path("settings/checklists/new"), {"name": "Heater", "items": items})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="items-error"' in page
    assert "Tuple" not in page
    assert "Heater" in page


def test_a_template_is_added_and_changed(office: Office, alice: Client) -> None:
    late = {"name": "Late", "channel": "email", "subject": "", "body": "{first}, we are {min} late"}
    answer = alice.post(office.path("settings/templates/new"), late)
    assert answer.status_code == 422
    assert "Give the email a subject." in answer.content.decode()
    alice.post(office.path("settings/templates/new"), {**late, "subject": "We are late"})
    alice.post(
        office.path("settings/templates/1/edit"), {**late, "channel": "sms", "body": "{first}: {mood}"}
    )
    (row,) = list_templates.ask(office.vault, office.actor(office.alice))
    assert (row.channel, row.subject, row.body) == ("sms", "", "{first}: {mood}")
    assert "Nothing fills mood" in alice.get(office.path("settings/templates/1/edit")).content.decode()


def test_what_left_the_vault_is_told_with_names(office: Office, alice: Client) -> None:
    ledger = DisclosureLedger(office.vault)
    for initiator in ("U-1", "assistant for U-1", "outbox"):
        ledger.record(Told(initiator))
    ledger.record(Told("U-1", vendor="mailgun", purpose="send an email", categories=("email content",)))
    page = alice.get(office.path("settings/disclosures")).content.decode()
    for words in ("Twilio: send a text", "started by Alice", "Claude for Alice", "Message content", "M-1"):
        assert words in page
    only = alice.get(office.path("settings/disclosures?vendor=mailgun")).content.decode()
    assert "send an email" in only
    assert "send a text" not in only
    rows = list_disclosures.ask(office.vault, office.actor(office.alice), {"vendor": "twilio"})
    assert (rows.total, rows.rows[0].initiator) == (3, "outbox")


def test_numbers_in_the_address_that_are_none_are_no_fault(office: Office, alice: Client) -> None:
    assert alice.get(office.path("settings/disclosures?page=x")).status_code == 200
    assert alice.get(office.path("settings/disclosures?page=0")).status_code == 200


@pytest.mark.parametrize("role", ["technician", "bookkeeper", "readonly"])
def test_bob_finds_nothing_of_this(office: Office, role: str) -> None:
    bob = browser_of(office.hire("Bob", role))
    for rest in PAGES:
        assert bob.get(office.path(rest)).status_code == 403, rest
    for rest in (*PAGES[1:4], "settings/tokens/1/end", PAGES[6], PAGES[8]):
        assert bob.post(office.path(rest), BUSINESS).status_code == 403, rest
    with pytest.raises(Forbidden):
        list_disclosures.ask(office.vault, office.actor(office.hire("Ned", role)))


def test_carl_finds_no_such_business(office: Office) -> None:
    carl = browser_of(new_person("Carl"))
    assert {carl.get(office.path(rest)).status_code for rest in PAGES} == {404}


def test_the_audit_log_knows_tokens_but_not_their_words(office: Office, alice: Client) -> None:
    alice.post(office.path("settings/tokens"), {"label": "Secret plan", "days": "30"})
    event = Event.objects.filter(business_id=office.business.pk, action="token.made").get()
    assert "Secret" not in json.dumps([event.object_id, event.field_names])

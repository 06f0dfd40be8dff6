"""Who at a client hears about what, what the client wants, and whether it is served at all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from opsystem.business.clients.consent.operations import set_preference
from opsystem.business.clients.consent.queries import show_preferences
from opsystem.business.clients.models import Client
from opsystem.business.clients.operations import (
    add_property,
    archive_client,
    edit_client,
    refuse_client,
    restore_client,
)
from opsystem.business.clients.persons.operations import add_person
from opsystem.business.clients.persons.queries import bill_to
from opsystem.business.clients.standing import show_standing
from opsystem.business.conversations.operations import receive_text, send_email, send_text
from opsystem.business.fields.operations import add_field, set_fields
from opsystem.business.jobs.operations import book_job
from opsystem.business.jobs.queries import show_visit
from opsystem.business.overview.queries import list_clients, show_client
from opsystem.kit.errors import Conflict, Invalid
from opsystem.kit.refs import make_ref
from opsystem.operations import Actor, ApprovalNeeded, Work
from opsystem.vault import Vault
from tests.business.scene import MONDAY, TWILIO, client, job, rows, with_addresses


def _addresses(vault: Vault) -> list[object]:
    return [row[1] for row in rows(vault, "thread")]


def test_row_9_three_properties_one_bill_to_and_each_visit_keeps_its_property(
    vault: Vault, alice: Actor
) -> None:
    maria = client(vault, alice, street="1 Oak St", city="Hurley")
    for street in ("2 Elm St", "3 Ash St"):
        add_property.perform(vault, alice, {"client": maria, "street": street, "city": "Hurley"})
    billing = {"bill_name": "Alvarez Rentals LLC", "bill_street": "PO Box 9", "bill_city": "Gulfport"}
    edit_client.perform(vault, alice, {"client": maria, **billing})
    visits = []
    for number in (1, 2, 3):
        given = {"client": maria, "title": f"Job {number}", "property": f"P-{number}"}
        visits.append(book_job.perform(vault, alice, {**given, "starts_at": "2030-12-02T10:00"}).value.visit)
    places = [show_visit.ask(vault, alice, {"visit": visit}).visit.property for visit in visits]
    assert places == ["P-1", "P-2", "P-3"]
    with vault.reading() as session:
        row = session.get(Client, 1)
        assert row is not None
        to = bill_to(Work(vault, session, alice, MONDAY), row)
    assert (to.name, to.lines) == ("Alvarez Rentals LLC", ["PO Box 9", "Gulfport"])


def test_row_10_the_invoice_goes_to_accounts_and_the_visit_text_to_the_tenant(
    vault: Vault, alice: Actor
) -> None:
    with_addresses(vault)
    maria = client(vault, alice, email="maria@example.com")
    tenant = {"name": "Tess", "role": "tenant", "phone": "228 555 0177", "gets": ["visits"]}
    add_person.perform(vault, alice, {"client": maria, **tenant})
    accounts = {"name": "Pat", "role": "accounts", "email": "Pat@Example.com", "gets": ["invoices"]}
    add_person.perform(vault, alice, {"client": maria, **accounts})
    send_text.perform(vault, alice, {"client": maria, "body": "We come at nine."})
    mail: dict[str, Any] = {"client": maria, "subject": "Invoice", "body": "Attached."}
    send_email.perform(vault, alice, {**mail, "purpose": "invoices"})
    send_email.perform(vault, alice, {**mail, "purpose": "quotes"})
    assert _addresses(vault) == ["+12285550177", "pat@example.com", "maria@example.com"]
    came = receive_text.perform(
        vault, TWILIO, {"vendor_key": "SM1", "sender": "+12285550177", "body": "Fine."}
    )
    assert came.value.client == maria


def test_a_tenant_who_says_stop_stops_himself_alone(vault: Vault, alice: Actor) -> None:
    with_addresses(vault)
    maria = client(vault, alice)
    tenant = {"name": "Tess", "role": "tenant", "phone": "228 555 0177", "gets": ["visits"]}
    add_person.perform(vault, alice, {"client": maria, **tenant})
    receive_text.perform(vault, TWILIO, {"vendor_key": "SM1", "sender": "+12285550177", "body": "STOP"})
    with pytest.raises(Conflict):
        send_text.perform(vault, alice, {"client": maria, "body": "At nine."})
    send_text.perform(vault, alice, {"client": maria, "body": "Your bill.", "purpose": "invoices"})


def test_row_11_standing_follows_from_events_and_its_history_is_kept(vault: Vault, alice: Actor) -> None:
    maria = client(vault, alice)
    assert list_clients.ask(vault, alice, {"standing": "lead"}).total == 1
    booked = job(vault, alice, maria)
    assert list_clients.ask(vault, alice, {"standing": "lead"}).total == 0
    archive_client.perform(vault, alice, {"client": maria})
    assert show_client.ask(vault, alice, {"client": maria}).standing == "archived"
    restore_client.perform(vault, alice, {"client": maria})
    told = show_standing.ask(vault, alice, {"client": maria})
    assert [one.standing for one in told] == ["active", "archived", "active", "lead"]
    assert (told[2].because, told[2].about) == ("Job booked", booked)


def test_row_12_custom_fields_take_six_sorts_and_narrow_lists(vault: Vault, alice: Actor) -> None:
    maria = client(vault, alice)
    typed = {"text": "Slate", "number": "12.5", "money": "1,250.50", "date": "2026-11-24", "yes_no": "Yes"}
    shown = ["Slate", "12.5", "$1,250.50", "Nov 24, 2026", "Yes", "Gas"]
    for kind in (*typed, "choice"):
        more = {"choices": ["Gas", "Oil"]} if kind == "choice" else {}
        add_field.perform(vault, alice, {"of": "client", "name": kind, "type": kind, **more})
    set_fields.perform(vault, alice, {"record": maria, "answers": {**typed, "CF-6": "gas"}})
    page = show_client.ask(vault, alice, {"client": maria})
    assert [one.shown for one in page.fields] == shown
    for fields, many in (({"money": "1000..1300"}, 1), ({"money": "..1000"}, 0), ({"choice": "oil"}, 0)):
        assert list_clients.ask(vault, alice, {"fields": fields}).total == many
    with pytest.raises(Invalid) as wrong:
        edit_client.perform(vault, alice, {"client": maria, "fields": {"CF-2": "many"}})
    assert wrong.value.fields == {"fields.CF-2": "Give a number like 12 or 12.5."}


def test_row_13_do_not_service_refuses_staff_and_claude_with_the_reason(vault: Vault, alice: Actor) -> None:
    maria = client(vault, alice)
    refuse_client.perform(vault, alice, {"client": maria, "reason": "Never paid"})
    for actor in (alice, alice.assistant(1)):
        with pytest.raises(Conflict, match="Never paid"):
            book_job.perform(vault, actor, {"client": maria, "title": "Sink"})
    with pytest.raises(ApprovalNeeded):
        book_job.perform(vault, alice.assistant(1, tainted=True), {"client": maria, "title": "Sink"})


def test_row_17_access_notes_open_to_the_assigned_at_six_the_day_before(
    vault: Vault, alice: Actor, bob: Actor
) -> None:
    maria = client(vault, alice, street="1 Oak St", city="Hurley")
    place = {"client": maria, "street": "2 Elm St", "city": "Hurley", "access_notes": "Gate 4411"}
    added = add_property.perform(vault, alice, place).value.ref
    given = {"client": maria, "title": "Heater", "property": added, "starts_at": "2030-12-03T09:00"}
    members = [make_ref("member", bob.member_id or 0)]
    visit = book_job.perform(vault, alice, {**given, "members": members}).value.visit
    # Chicago is six hours behind UTC in December.
    for at, notes in (
        (datetime(2030, 12, 2, 23, 59, tzinfo=UTC), None),
        (datetime(2030, 12, 3, 0, 0, tzinfo=UTC), "Gate 4411"),
        (datetime(2030, 12, 4, 6, 0, tzinfo=UTC), None),
    ):
        assert show_visit.ask(vault, bob, {"visit": visit}, at=at).visit.access_notes == notes
        [seen] = show_client.ask(vault, bob, {"client": maria}, at=at).properties
        assert seen.access_notes == notes


def test_row_19_a_wish_is_obeyed_by_channel_and_topic_and_kept_with_its_words(
    vault: Vault, alice: Actor
) -> None:
    with_addresses(vault)
    maria = client(vault, alice, email="maria@example.com")
    text = {"client": maria, "body": "Your invoice."}
    with pytest.raises(Conflict, match="has not agreed"):
        send_text.perform(vault, alice, {**text, "purpose": "marketing"})
    wish = {"client": maria, "channel": "text", "topic": "money", "allowed": False}
    wording = "No bills on my phone, please."
    set_preference.perform(vault, alice, {**wish, "source": "phone", "wording": wording})
    with pytest.raises(Conflict, match="wants no texts about money"):
        send_text.perform(vault, alice, {**text, "purpose": "invoices"})
    send_text.perform(vault, alice, {**text, "purpose": "visits"})
    mail = {"client": maria, "subject": "Invoice", "body": "Here.", "purpose": "invoices"}
    send_email.perform(vault, alice, mail)
    [told] = show_preferences.ask(vault, alice, {"client": maria}).history
    assert (told.wording, told.source, told.by) == (wording, "phone", alice.name)

"""A text or email is written down with the change that sends it, and leaves only where it may."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from opsystem.business.clients.operations import edit_client
from opsystem.business.conversations.operations import (
    mark_read,
    receive_text,
    reply_in_thread,
    send_email,
    send_text,
    take_back_message,
)
from opsystem.business.conversations.queries import list_threads, show_message, show_thread
from opsystem.business.profile.operations import set_switch
from opsystem.kit.errors import Conflict, Forbidden, Invalid, NotFound
from opsystem.operations import Actor, ApprovalNeeded
from opsystem.vault import Vault
from tests.business import scene


@pytest.fixture(autouse=True)
def _addresses(vault: Vault) -> None:
    scene.with_addresses(vault)


def test_a_text_waits_for_its_hold_and_then_leaves_with_these_words(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice)
    sent = send_text.perform(
        vault, alice, {"client": maria, "body": "Bob comes at 9."}, at=scene.MONDAY
    ).value
    assert sent.sends_at == scene.MONDAY + timedelta(seconds=10)
    table = vault.schema.tables.outbox
    with vault.reading() as session:
        row = session.execute(select(table)).one()
    assert json.loads(row.payload) == {
        "to": "+12285550142",
        "sender": scene.OUR_NUMBER,
        "body": "Bob comes at 9.",
    }
    assert (row.channel, row.subject_id, row.due_at) == ("sms", sent.id, sent.sends_at)
    told = show_message.ask(vault, alice, {"message": sent.ref})
    assert (told.state, told.body, told.author, told.sends_at) == (
        "queued",
        "Bob comes at 9.",
        "Alice Reyes",
        sent.sends_at,
    )


def test_an_email_carries_subject_and_the_name_of_the_business(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice, email="Maria@Example.com")
    send_email.perform(vault, alice, {"client": maria, "subject": "Your visit", "body": "See you."})
    table = vault.schema.tables.outbox
    with vault.reading() as session:
        payload = json.loads(session.execute(select(table)).one().payload)
    assert payload == {
        "to": "maria@example.com",
        "sender": scene.OUR_ADDRESS,
        "sender_name": "Gulf Plumbing",
        "subject": "Your visit",
        "body": "See you.",
    }


def test_clicking_send_twice_sends_once(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice)
    given = {"client": maria, "body": "Hello"}
    first = send_text.perform(vault, alice, given, request_id="click")
    assert send_text.perform(vault, alice, given, request_id="click").value == first.value
    assert scene.outbox(vault) == [("sms", "queued")]


def test_who_has_no_phone_or_email_is_not_written_to(vault: Vault, alice: Actor) -> None:
    nobody = scene.client(vault, alice, phone="")
    with pytest.raises(Conflict, match="has no phone number"):
        send_text.perform(vault, alice, {"client": nobody, "body": "Hello"})
    with pytest.raises(Conflict, match="has no email address"):
        send_email.perform(vault, alice, {"client": nobody, "subject": "Hello", "body": "Hello"})
    assert scene.outbox(vault) == []


def test_a_business_without_a_number_cannot_text_yet(carls_vault: Vault, carl: Actor) -> None:
    roof = scene.client(carls_vault, carl)
    with pytest.raises(Conflict, match="no number for texts yet"):
        send_text.perform(carls_vault, carl, {"client": roof, "body": "Hello"})
    with pytest.raises(Conflict, match="no email address"):
        send_email.perform(carls_vault, carl, {"client": roof, "subject": "A", "body": "Hello"})


@pytest.mark.parametrize("body", ["", "   ", "x" * 1601])
def test_an_empty_or_endless_text_is_refused_at_its_field(vault: Vault, alice: Actor, body: str) -> None:
    maria = scene.client(vault, alice)
    with pytest.raises(Invalid) as refused:
        send_text.perform(vault, alice, {"client": maria, "body": body})
    assert "body" in refused.value.fields


def test_a_subject_is_one_line(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice, email="maria@example.com")
    with pytest.raises(Invalid) as refused:
        send_email.perform(
            vault, alice, {"client": maria, "subject": "Hi\r\nBcc: all@example.com", "body": "Hello"}
        )
    assert "subject" in refused.value.fields


def test_a_text_is_about_the_clients_own_job_only(vault: Vault, alice: Actor) -> None:
    maria, sam = scene.client(vault, alice), scene.client(vault, alice, "Sam Lee", "2285550199")
    hers = scene.job(vault, alice, maria)
    send_text.perform(vault, alice, {"client": maria, "body": "Hello", "about": hers})
    with pytest.raises(Invalid, match="not a job of Sam Lee"):
        send_text.perform(vault, alice, {"client": sam, "body": "Hello", "about": hers})


def test_what_is_switched_off_sends_nothing(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice)
    thread = receive_text.perform(
        vault, scene.TWILIO, {"vendor_key": "SM1", "sender": "+12285550142", "body": "Hello?"}
    ).value.thread
    set_switch.perform(vault, alice, {"name": "sms", "on": False})
    with pytest.raises(Forbidden, match="switched off"):
        send_text.perform(vault, alice, {"client": maria, "body": "Hello"})
    with pytest.raises(Forbidden, match="switched off"):
        reply_in_thread.perform(vault, alice, {"thread": thread, "body": "Hello"})


def test_a_message_can_be_taken_back_until_it_leaves(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice)
    sent = send_text.perform(vault, alice, {"client": maria, "body": "Wrong"}).value
    take_back_message.perform(vault, alice, {"message": sent.ref})
    assert scene.outbox(vault) == [("sms", "cancelled")]
    assert show_message.ask(vault, alice, {"message": sent.ref}).problem == "Taken back by Alice Reyes."
    with pytest.raises(Conflict, match="already left"):
        take_back_message.perform(vault, alice, {"message": sent.ref})


def test_the_assistant_sends_nothing_by_itself(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice, email="maria@example.com")
    claude = alice.assistant(1)
    with pytest.raises(ApprovalNeeded):
        send_text.perform(vault, claude, {"client": maria, "body": "Hello"})
    with pytest.raises(ApprovalNeeded):
        send_email.perform(vault, claude, {"client": maria, "subject": "Hello", "body": "Hello"})
    assert scene.outbox(vault) == []


def test_an_unknown_number_can_be_answered(vault: Vault, alice: Actor) -> None:
    came = receive_text.perform(
        vault, scene.TWILIO, {"vendor_key": "SM1", "sender": "+12285550777", "body": "Do you do roofs?"}
    ).value
    assert came.client is None
    reply_in_thread.perform(vault, alice, {"thread": came.thread, "body": "No, but Carl does."})
    told = show_thread.ask(vault, alice, {"thread": came.thread})
    assert [message.body for message in told.messages] == ["Do you do roofs?", "No, but Carl does."]
    assert scene.outbox(vault) == [("sms", "queued")]


def test_reading_a_thread_makes_it_read(vault: Vault, alice: Actor) -> None:
    came = receive_text.perform(
        vault, scene.TWILIO, {"vendor_key": "SM1", "sender": "+12285550777", "body": "Hello"}
    ).value
    assert list_threads.ask(vault, alice, {"filter": "unread"}).total == 1
    mark_read.perform(vault, alice, {"thread": came.thread})
    assert list_threads.ask(vault, alice, {"filter": "unread"}).total == 0
    assert list_threads.ask(vault, alice, {"filter": "waiting"}).total == 1
    reply_in_thread.perform(vault, alice, {"thread": came.thread, "body": "Hello to you"})
    assert list_threads.ask(vault, alice, {"filter": "waiting"}).total == 0


def test_threads_are_found_by_name_and_by_digits(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice)
    send_text.perform(vault, alice, {"client": maria, "body": "Hello"})
    assert list_threads.ask(vault, alice, {"text": "alvarez"}).rows[0].client == maria
    assert list_threads.ask(vault, alice, {"text": "(228) 555-01"}).total == 1
    assert list_threads.ask(vault, alice, {"text": "100%"}).total == 0


def test_bob_and_dana_neither_read_nor_send(vault: Vault, alice: Actor, bob: Actor, dana: Actor) -> None:
    maria = scene.client(vault, alice)
    scene.job(vault, alice, maria, goes=bob)
    sent = send_text.perform(vault, alice, {"client": maria, "body": "Hello"}).value
    for actor in (bob, dana):
        for question, given in ((list_threads, {}), (show_thread, {"thread": sent.thread})):
            with pytest.raises(Forbidden):
                question.ask(vault, actor, given)
        with pytest.raises(Forbidden):
            send_text.perform(vault, actor, {"client": maria, "body": "Hello"})
        with pytest.raises(Forbidden):
            take_back_message.perform(vault, actor, {"message": sent.ref})


def test_carl_sees_nothing_of_alices_messages(
    vault: Vault, alice: Actor, carls_vault: Vault, carl: Actor
) -> None:
    sent = send_text.perform(vault, alice, {"client": scene.client(vault, alice), "body": "Hello"}).value
    assert list_threads.ask(carls_vault, carl).rows == []
    with pytest.raises(NotFound):
        show_thread.ask(carls_vault, carl, {"thread": sent.thread})


def test_a_changed_number_begins_a_thread_of_its_own(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice)
    first = send_text.perform(vault, alice, {"client": maria, "body": "One"}).value
    edit_client.perform(vault, alice, {"client": maria, "phone": "2285550143"})
    second = send_text.perform(vault, alice, {"client": maria, "body": "Two"}).value
    assert first.thread != second.thread

"""What comes in stands in its thread once, and a wish to stop is honoured before anything else."""

from __future__ import annotations

from typing import Any

import pytest

from opsystem.business.clients.operations import edit_client
from opsystem.business.conversations.operations import (
    attach_thread,
    receive_email,
    receive_text,
    send_email,
    send_text,
    store_event,
    whether_to_send,
)
from opsystem.business.conversations.queries import list_threads, show_message, show_thread
from opsystem.business.conversations.records import Received
from opsystem.kit.errors import Conflict, Forbidden
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business import scene

MARIAS = "+12285550142"


@pytest.fixture(autouse=True)
def _addresses(vault: Vault) -> None:
    scene.with_addresses(vault)


def _text(vault: Vault, body: str, sender: str = MARIAS, key: str = "SM1", **more: Any) -> Received:
    given = {"vendor_key": key, "sender": sender, "to": scene.OUR_NUMBER, "body": body, **more}
    return receive_text.perform(vault, scene.TWILIO, given).value


def _mail(vault: Vault, body: str, key: str = "<1@x>", **more: Any) -> Received:
    given = {"vendor_key": key, "sender": "Maria@Example.com", "sender_name": "Maria A", "body": body, **more}
    return receive_email.perform(vault, Actor.vendor("mailgun"), given).value


def test_a_text_stands_in_its_clients_thread(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice)
    came = _text(vault, "The gate code is 4471")
    assert (came.client, came.opt, came.new) == (maria, None, True)
    thread = list_threads.ask(vault, alice).rows[0]
    assert (thread.client, thread.is_unread, thread.waiting) == (maria, True, True)
    assert thread.last is not None
    assert (thread.last.body, thread.last.inbound, thread.last.state) == (
        "The gate code is 4471",
        True,
        "received",
    )


def test_words_keep_everything_that_can_be_seen(vault: Vault, alice: Actor) -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    came = _text(vault, f"Gate\x00 code\r\n4471 {family} \u05e9\u05dc\u05d5\u05dd\u200f")
    told = show_message.ask(vault, alice, {"message": came.ref})
    assert told.body == f"Gate code\n4471 {family} \u05e9\u05dc\u05d5\u05dd\u200f"


def test_the_same_text_told_twice_stands_once(vault: Vault, alice: Actor) -> None:
    first = _text(vault, "Hello")
    second = _text(vault, "Hello")
    assert (second.ref, second.new) == (first.ref, False)
    assert show_thread.ask(vault, alice, {"thread": first.thread}).total == 1


def test_a_number_of_two_clients_is_nobodys_until_somebody_says_whose(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice)
    scene.client(vault, alice, "Jorge Alvarez")
    came = _text(vault, "Hello")
    assert came.client is None
    attach_thread.perform(vault, alice, {"thread": came.thread, "client": maria})
    assert show_message.ask(vault, alice, {"message": came.ref}).client == maria
    assert _text(vault, "Me again", key="SM2").client == maria


def test_a_short_code_or_name_may_write_too(vault: Vault, alice: Actor) -> None:
    came = _text(vault, "Your code is 123", sender="72345")
    assert show_thread.ask(vault, alice, {"thread": came.thread}).thread.address == "72345"


@pytest.mark.parametrize("how", [{"body": "Stop texting me"}, {"body": "x", "opt_out": "STOP"}])
def test_stop_stops_what_waits_and_what_comes(vault: Vault, alice: Actor, how: dict[str, str]) -> None:
    maria = scene.client(vault, alice)
    waiting = send_text.perform(vault, alice, {"client": maria, "body": "Hello"}).value
    assert _text(vault, **how).opt == "stop"
    assert scene.outbox(vault) == [("sms", "cancelled")]
    told = show_message.ask(vault, alice, {"message": waiting.ref})
    assert (told.state, told.problem) == (
        "cancelled",
        "Not sent: the recipient asked to get no more messages.",
    )
    with pytest.raises(Conflict, match="asked to get no more texts"):
        send_text.perform(vault, alice, {"client": maria, "body": "Hello again"})
    thread = show_thread.ask(vault, alice, {"thread": waiting.thread})
    assert thread.obstacle is not None
    assert thread.thread.stopped_at is not None


def test_stop_holds_for_everybody_with_the_number_also_later(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice)
    jorge = scene.client(vault, alice, "Jorge Alvarez")
    _text(vault, "STOP")
    later = scene.client(vault, alice, "Ana Later")
    moved = scene.client(vault, alice, "Moved In", "2285550150")
    edit_client.perform(vault, alice, {"client": moved, "phone": MARIAS})
    for somebody in (maria, jorge, later, moved):
        with pytest.raises(Conflict, match="no more texts"):
            send_text.perform(vault, alice, {"client": somebody, "body": "Hello"})


def test_stopping_texts_does_not_stop_emails(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice, email="maria@example.com")
    _text(vault, "STOP")
    send_email.perform(vault, alice, {"client": maria, "subject": "Invoice", "body": "Attached"})


def test_start_lets_texts_go_again(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice)
    _text(vault, "STOP")
    assert _text(vault, "START", key="SM2").opt == "start"
    send_text.perform(vault, alice, {"client": maria, "body": "Welcome back"})


def test_a_text_in_the_vendors_hands_is_looked_at_once_more(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice)
    sent = send_text.perform(vault, alice, {"client": maria, "body": "Hello"}).value
    assert whether_to_send.ask(vault, scene.SYSTEM, {"message": sent.ref}) is None
    with vault.mechanics() as session:
        session.execute(vault.schema.tables.outbox.update().values(state="sending"))
    _text(vault, "STOP")
    assert scene.outbox(vault) == [("sms", "sending")]
    refusal = whether_to_send.ask(vault, scene.SYSTEM, {"message": sent.ref})
    assert refusal is not None
    assert "no more texts" in refusal


def test_an_email_stands_in_a_thread_under_its_writers_name(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice, email="maria@example.com")
    came = _mail(vault, "Can you come on Friday?", subject="Friday\r\n")
    told = show_message.ask(vault, alice, {"message": came.ref})
    assert (told.client, told.subject, told.author) == (maria, "Friday", "Maria A")


def test_unsubscribing_by_email_stops_emails(vault: Vault, alice: Actor) -> None:
    maria = scene.client(vault, alice, email="maria@example.com")
    assert _mail(vault, "Please unsubscribe me").opt == "stop"
    with pytest.raises(Conflict, match="no more emails"):
        send_email.perform(vault, alice, {"client": maria, "subject": "Hello", "body": "Hello"})


def test_an_absence_note_asks_for_nothing(vault: Vault, alice: Actor) -> None:
    scene.client(vault, alice, email="maria@example.com")
    assert _mail(vault, "I am away. Unsubscribe", automatic=True).opt is None
    assert list_threads.ask(vault, alice, {"filter": "unread"}).total == 0


def test_only_vendors_bring_messages_in(vault: Vault, alice: Actor) -> None:
    with pytest.raises(Forbidden):
        receive_text.perform(vault, alice, {"vendor_key": "SM1", "sender": MARIAS, "body": "STOP"})
    with pytest.raises(Forbidden):
        send_text.perform(vault, scene.TWILIO, {"client": "C-1", "body": "Hello"})


def test_a_vendors_event_is_stored_once_and_wakes_the_delivery(vault: Vault) -> None:
    woken: list[str] = []
    vault.wake = lambda lane, _: woken.append(lane)
    given = {"vendor": "twilio", "key": "SM1:received", "event": "text", "payload": {"Body": "Grüße"}}
    first = store_event.perform(vault, scene.TWILIO, given).value
    again = store_event.perform(vault, scene.TWILIO, given).value
    assert (first.new, again.new, first.id) == (True, False, again.id)
    assert woken == ["delivery"]

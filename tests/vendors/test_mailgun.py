"""The gateway to Mailgun: what it asks, what it understands, whom it believes."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest

from opsystem.kit.errors import Invalid
from opsystem.vendors.mailgun import (
    Accepted,
    MailgunConfig,
    find_mail,
    parse_event,
    parse_inbound_mail,
    send_mail,
    verify_webhook,
    webhook_signature,
)
from tests.vendors.calls import LONG_AGO, json_answer, mailgun
from tests.vendors.ledgers import KeepingLedger
from tests.vendors.servers import running
from tests.vendors.specs import sample_of

KEY = "key-samplesigningkey0000000000000000"
TOKEN = "a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0"
QUEUED = json_answer({"id": "<a1@mg.example.com>", "message": "Queued. Thank you."})


def _send(url: str, ledger: KeepingLedger, **changes: Any) -> Accepted:
    mail: dict[str, Any] = {
        "to": "ana@example.net",
        "sender": "Reyes Plumbing <office@mg.example.com>",
        "subject": "Your visit",
        "text": "Hello",
        "message_id": "a1@mg.example.com",
        **changes,
    }
    return send_mail(mailgun(url), **mail, ledger=ledger, ref="M-1", initiator="U-2")


def test_a_mail_is_sent_with_our_message_id(ledger: KeepingLedger) -> None:
    with running(QUEUED) as server:
        assert _send(server.url, ledger) == Accepted("a1@mg.example.com")
        (request,) = server.received
    assert request.path == "/v3/mg.example.com/messages"
    assert b"<a1@mg.example.com>" in request.body


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "ana@example.net, eve@example.org"},
        {"to": "ana@example.net eve@example.org"},
        {"to": "friends: ana@example.net, eve@example.org;"},
        {"to": "ana"},
        {"to": ""},
        {"to": "ana@example.net\r\nBcc: eve@example.org"},
        {"sender": "office@mg.example.com, eve@example.org"},
        {"sender": ""},
        {"reply_to": "x@example.net, y@example.net"},
        {"subject": "Hello\r\nBcc: eve@example.org"},
        {"subject": "Hello\x00"},
        {"headers": {"In-Reply-To": "<x>\nBcc: eve@example.org"}},
        {"variables": {"attempt": "a\r\nb"}},
        {"message_id": "a1@mg\nBcc: eve@example.org"},
    ],
)
def test_a_mail_that_could_reach_others_is_not_sent(changes: dict[str, Any], ledger: KeepingLedger) -> None:
    with running(QUEUED) as server:
        with pytest.raises(Invalid):
            _send(server.url, ledger, **changes)
        assert server.received == []
    assert ledger.rows == []


@pytest.mark.parametrize(
    ("sender", "sent"),
    [
        ("St. John's Plumbing <o@mg.example.com>", '"St. John\'s Plumbing" <o@mg.example.com>'),
        ('"Reyes, Inc." <o@mg.example.com>', '"Reyes, Inc." <o@mg.example.com>'),
        ("Älva & Söhne <o@mg.example.com>", "Älva & Söhne <o@mg.example.com>"),
    ],
)
def test_a_name_is_quoted_as_it_must_be(sender: str, sent: str, ledger: KeepingLedger) -> None:
    with running(QUEUED) as server:
        _send(server.url, ledger, sender=sender)
        assert sent.encode() in server.received[0].body


def test_the_events_of_one_mail_are_found(ledger: KeepingLedger) -> None:
    event = {
        "id": "e1",
        "event": "delivered",
        "timestamp": 1795435200.5,
        "recipient": "ana@example.net",
        "message": {"headers": {"message-id": "a1@mg.example.com"}},
        "user-variables": {"attempt": "a1"},
    }
    other = {**event, "id": "e2", "message": {"headers": {"message-id": "other@mg.example.com"}}}
    with running(json_answer({"items": [event, other], "paging": {}})) as server:
        (found,) = find_mail(
            mailgun(server.url),
            "a1@mg.example.com",
            since=LONG_AGO,
            ledger=ledger,
            ref="M-1",
            initiator="system",
        )
        (request,) = server.received
    assert (found.key, found.kind, found.recipient) == ("e1", "delivered", "ana@example.net")
    assert found.variables == {"attempt": "a1"}
    assert parse_qs(request.query)["message-id"] == ["a1@mg.example.com"]
    assert parse_qs(request.query)["begin"] == [str(int(LONG_AGO.timestamp()))]


@pytest.mark.parametrize(("api", "domain", "signing"), [("", "d", "s"), ("a", "", "s"), ("a", "d", " ")])
def test_an_empty_key_is_refused(api: str, domain: str, signing: str) -> None:
    with pytest.raises(Invalid):
        MailgunConfig(api_key=api, domain=domain, signing_key=signing)


def test_a_config_does_not_show_its_keys() -> None:
    shown = repr(mailgun("http://127.0.0.1:1"))
    assert "key-of-the-tests" not in shown
    assert KEY not in shown


def _signed(at: datetime, token: str = TOKEN) -> tuple[str, str, str]:
    timestamp = str(int(at.timestamp()))
    return (
        timestamp,
        token,
        hmac.new(KEY.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest(),
    )


def test_a_fresh_signature_is_believed() -> None:
    assert verify_webhook(KEY, *_signed(datetime.now(UTC)))


@pytest.mark.parametrize("age", [timedelta(hours=10), timedelta(days=400), timedelta(minutes=-6)])
def test_an_old_or_future_signature_is_not(age: timedelta) -> None:
    assert not verify_webhook(KEY, *_signed(datetime.now(UTC) - age))


def test_the_age_can_be_narrowed() -> None:
    signed = _signed(datetime.now(UTC) - timedelta(minutes=20))
    assert verify_webhook(KEY, *signed)
    assert not verify_webhook(KEY, *signed, max_age=timedelta(minutes=15))


def test_a_forged_signature_is_not_believed() -> None:
    timestamp, token, signature = _signed(datetime.now(UTC))
    assert not verify_webhook("another key", timestamp, token, signature)
    assert not verify_webhook("", timestamp, token, signature)
    assert not verify_webhook(KEY, timestamp, token + "0", signature)
    assert not verify_webhook(KEY, timestamp + "0", token, signature)
    assert not verify_webhook(KEY, timestamp, "", signature)
    assert not verify_webhook(KEY, "", token, signature)
    assert not verify_webhook(KEY, "yesterday", token, signature)
    assert not verify_webhook(KEY, "٣", token, signature)
    assert not verify_webhook(KEY, timestamp, token, "")
    assert not verify_webhook(KEY, timestamp, token, "ä" * 64)


def test_the_vendors_example_of_a_signature_is_believed() -> None:
    vector = sample_of("mailgun", "signature_vector")
    signed = (vector["timestamp"], vector["token"], vector["signature"])
    assert verify_webhook(vector["signing_key"], *signed, max_age=timedelta(days=36_500))


@pytest.mark.parametrize(
    ("name", "kind", "permanent", "reason"),
    [
        ("webhook.accepted", "accepted", False, ""),
        ("webhook.delivered", "delivered", False, ""),
        ("webhook.failed_permanent", "failed", True, "suppress-bounce"),
        ("webhook.failed_temporary", "failed", False, None),
        ("webhook.complained", "complained", False, ""),
        ("webhook.unsubscribed", "unsubscribed", False, ""),
        ("webhook.rejected", "rejected", False, None),
        ("webhook.stored", "stored", False, ""),
    ],
)
def test_an_event_is_read(name: str, kind: str, permanent: bool, reason: str | None) -> None:
    payload: Mapping[str, Any] = sample_of("mailgun", name)["payload"]
    event = parse_event(payload)
    assert (event.kind, event.permanent) == (kind, permanent)
    assert reason is None or event.reason == reason
    assert event.key
    assert event.at.tzinfo is UTC
    assert event.suppressed == (event.reason == "suppress-bounce")
    assert webhook_signature(payload).token == TOKEN


@pytest.mark.parametrize("name", ["forward", "forward_with_attachments", "store_notify"])
def test_an_inbound_mail_is_read(name: str) -> None:
    form = sample_of("mailgun", f"inbound_route.{name}")["form"]
    mail = parse_inbound_mail(form)
    assert (mail.sender, mail.sender_name) == ("bob@example.net", "Bob")
    assert (mail.recipient, mail.subject) == ("reply+job0001@mg.example.com", "Re: Your quote")
    assert mail.text == "Yes please, Tuesday works."
    assert "we wrote" in mail.full_text
    assert (mail.message_id, mail.in_reply_to) == ("CAA1@mail.example.net", "20261123.1@mg.example.com")
    assert mail.references == ("20261123.1@mg.example.com",)
    assert not mail.automatic
    files = {"forward": 0, "forward_with_attachments": 1, "store_notify": 1}
    assert len(mail.attachments) == files[name]
    assert webhook_signature(form).token == TOKEN


@pytest.mark.parametrize(
    ("headers", "automatic"),
    [
        ({}, False),
        ({"Auto-Submitted": "no"}, False),
        ({"Auto-Submitted": "auto-replied"}, True),
        ({"Precedence": "bulk"}, True),
    ],
)
def test_a_machines_answer_is_known_as_one(headers: dict[str, str], automatic: bool) -> None:
    form = {"from": "a@b.net", "recipient": "c@d.net", "Message-Id": "<1@b.net>", **headers}
    assert parse_inbound_mail(form).automatic is automatic


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"event-data": []},
        {"event-data": {"id": "1", "event": "delivered"}},
        {"event-data": {"id": "1", "event": 7, "timestamp": 1}},
        {"event-data": {"event": "delivered", "timestamp": 1}},
        {"event-data": {"id": "1", "event": "delivered", "timestamp": True}},
        {"event-data": {"id": "1", "event": "delivered", "timestamp": 1e300}},
    ],
)
def test_an_event_of_another_form_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        parse_event(payload)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"from": "a@b.net", "recipient": "c@d.net"},
        {"from": "a@b.net", "Message-Id": "<1@b.net>"},
        {"from": "a@b.net", "recipient": "c@d.net", "Message-Id": "<1>", "attachments": "{"},
        {"from": "a@b.net", "recipient": "c@d.net", "Message-Id": "<1>", "attachments": "[1]"},
    ],
)
def test_an_inbound_form_of_another_form_is_refused(form: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        parse_inbound_mail(form)


@pytest.mark.parametrize("payload", [{}, {"signature": {}}, {"signature": {"timestamp": 1, "token": "x"}}])
def test_a_webhook_without_a_signature_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        webhook_signature(payload)

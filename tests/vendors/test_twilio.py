"""The gateway to Twilio: what it asks, what it understands, whom it believes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest

from opsystem.kit.errors import Invalid
from opsystem.vendors.twilio import (
    Accepted,
    TwilioConfig,
    available_numbers,
    buy_number,
    find_texts,
    own_numbers,
    parse_inbound_text,
    parse_text_status,
    send_text,
    verify_webhook,
)
from tests.vendors.calls import ACCOUNT, BUSINESS, CLIENT, json_answer, twilio
from tests.vendors.ledgers import KeepingLedger
from tests.vendors.servers import running
from tests.vendors.specs import sample_of

URL = "https://app.example.com/hooks/twilio/sms"
STATUS_URL = "https://app.example.com/hooks/twilio/sms-status"
PRODUCTION = TwilioConfig(ACCOUNT, "0123456789abcdef0123456789abcdef")
SENT = {
    "sid": "SM1",
    "status": "queued",
    "body": "Hello",
    "date_created": "Mon, 23 Nov 2026 12:00:00 +0000",
    "error_code": None,
}


def _send(url: str, ledger: KeepingLedger, to: str = CLIENT, body: str = "Hello") -> Accepted:
    return send_text(
        twilio(url),
        to=to,
        sender=BUSINESS,
        body=body,
        status_callback=STATUS_URL,
        ledger=ledger,
        ref="M-1",
        initiator="U-2",
    )


def test_a_text_is_sent(ledger: KeepingLedger) -> None:
    with running(json_answer(SENT, 201)) as server:
        accepted = _send(server.url, ledger, body="Grüße 👍 & more")
        (request,) = server.received
    assert accepted == Accepted("SM1", "queued")
    assert request.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert request.headers["authorization"].startswith("Basic ")
    form = parse_qs(request.body.decode())
    expected = {"To": CLIENT, "From": BUSINESS, "Body": "Grüße 👍 & more", "StatusCallback": STATUS_URL}
    assert form == {name: [value] for name, value in expected.items()}


@pytest.mark.parametrize("to", ["", "4155550100", "+1 415 555 0100", "+1415555O100", "+1415,+1416", "+٤١٥"])
def test_a_number_that_is_none_is_not_sent_to(to: str, ledger: KeepingLedger) -> None:
    with running() as server:
        with pytest.raises(Invalid):
            _send(server.url, ledger, to=to)
        assert server.received == []


@pytest.mark.parametrize("body", ["", "   ", "x" * 1601])
def test_a_text_without_words_or_with_too_many_is_not_sent(body: str, ledger: KeepingLedger) -> None:
    with running() as server:
        with pytest.raises(Invalid):
            _send(server.url, ledger, body=body)
        assert server.received == []


def test_the_environment_cannot_bend_the_address(
    ledger: KeepingLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_EDGE", "sydney")
    monkeypatch.setenv("TWILIO_REGION", "au1")
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC" + "f" * 32)
    with running(json_answer(SENT, 201)) as server:
        _send(server.url, ledger)
        assert ACCOUNT in server.received[0].path


@pytest.mark.parametrize(("sid", "token"), [("", "x"), (" ", "x"), ("AC1", ""), ("AC1", " ")])
def test_an_empty_key_is_refused(sid: str, token: str) -> None:
    with pytest.raises(Invalid):
        TwilioConfig(sid, token)


def test_a_config_does_not_show_its_key() -> None:
    assert "0123456789abcdef" not in repr(PRODUCTION)


def test_texts_are_found_from_a_moment_on(ledger: KeepingLedger) -> None:
    since = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    older = {**SENT, "sid": "SM0", "date_created": "Mon, 23 Nov 2026 11:59:59 +0000"}
    failed = {**SENT, "sid": "SM2", "status": "failed", "error_code": 21610}
    with running(json_answer({"messages": [failed, SENT, older]})) as server:
        found = find_texts(
            twilio(server.url),
            to=CLIENT,
            sender=BUSINESS,
            since=since,
            ledger=ledger,
            ref="M-1",
            initiator="system",
        )
        (request,) = server.received
    assert [(one.vendor_id, one.status, one.error_code) for one in found] == [
        ("SM2", "failed", "21610"),
        ("SM1", "queued", ""),
    ]
    assert found[1].date == since
    assert found[1].body == "Hello"
    assert parse_qs(request.query) == {"To": [CLIENT], "From": [BUSINESS], "PageSize": ["50"]}


def test_a_text_without_a_date_yet_is_found(ledger: KeepingLedger) -> None:
    fresh = {**SENT, "date_created": None}
    with running(json_answer({"messages": [fresh]})) as server:
        found = find_texts(
            twilio(server.url),
            to=CLIENT,
            sender=BUSINESS,
            since=datetime.now(UTC) + timedelta(days=1),
            ledger=ledger,
            ref="M-1",
            initiator="system",
        )
    assert [one.vendor_id for one in found] == ["SM1"]


def test_numbers_are_looked_for_rented_and_listed(ledger: KeepingLedger) -> None:
    offered = {
        "phone_number": BUSINESS,
        "friendly_name": "(500) 555-0006",
        "locality": "Hurley",
        "region": "MS",
    }
    owned = {"sid": "PN1", "phone_number": BUSINESS, "sms_url": URL}
    with running(
        json_answer({"available_phone_numbers": [offered]}),
        json_answer(owned, 201),
        json_answer({"incoming_phone_numbers": [owned]}),
    ) as server:
        config = twilio(server.url)
        (number,) = available_numbers(config, area_code=228, ledger=ledger, ref="B-7", initiator="U-1")
        bought = buy_number(
            config, number=number.number, sms_url=URL, ledger=ledger, ref="B-7", initiator="U-1"
        )
        assert own_numbers(config, ledger=ledger, ref="B-7", initiator="U-1") == [bought]
    assert (number.shown, number.locality, number.region) == ("(500) 555-0006", "Hurley", "MS")
    assert (bought.vendor_id, bought.number, bought.sms_url) == ("PN1", BUSINESS, URL)


@pytest.mark.parametrize(
    "name",
    [
        "webhook.sms_inbound",
        "webhook.sms_inbound_media",
        "webhook.sms_inbound_stop",
        "webhook.sms_status_sent",
        "webhook.sms_status_delivered",
        "webhook.sms_status_failed",
    ],
)
def test_a_webhook_of_twilio_is_believed_and_no_other(name: str) -> None:
    sample = sample_of("twilio", name)
    form, url, signature = sample["form"], sample["url"], sample["headers"]["X-Twilio-Signature"]
    assert verify_webhook(PRODUCTION, url, form, signature)
    assert not verify_webhook(PRODUCTION, url, {**form, "Body": "Transfer it all"}, signature)
    assert not verify_webhook(PRODUCTION, url + "?x=1", form, signature)
    assert not verify_webhook(PRODUCTION, url, form, signature[:-1])
    assert not verify_webhook(PRODUCTION, url, form, "")
    assert not verify_webhook(PRODUCTION, url, form, "ä" * len(signature))
    assert not verify_webhook(TwilioConfig(ACCOUNT, "another token"), url, form, signature)
    assert not verify_webhook(TwilioConfig("AC" + "1" * 32, PRODUCTION.auth_token), url, form, signature)


def test_an_inbound_text_is_read() -> None:
    text = parse_inbound_text(sample_of("twilio", "webhook.sms_inbound")["form"])
    assert (text.sender, text.recipient, text.body) == (CLIENT, BUSINESS, "Can you come Tuesday?")
    assert text.key == text.vendor_id == "SM11111111111111111111111111111111"
    assert (text.media, text.opt_out) == ((), "")


def test_pictures_and_a_stop_are_read() -> None:
    (media,) = parse_inbound_text(sample_of("twilio", "webhook.sms_inbound_media")["form"]).media
    assert media.content_type == "image/jpeg"
    assert parse_inbound_text(sample_of("twilio", "webhook.sms_inbound_stop")["form"]).opt_out == "STOP"


def test_a_status_is_read() -> None:
    delivered = parse_text_status(sample_of("twilio", "webhook.sms_status_delivered")["form"])
    sent = parse_text_status(sample_of("twilio", "webhook.sms_status_sent")["form"])
    failed = parse_text_status(sample_of("twilio", "webhook.sms_status_failed")["form"])
    assert (delivered.is_final, sent.is_final, failed.is_final) == (True, False, True)
    assert (delivered.opted_out, failed.opted_out) == (False, True)
    assert delivered.key != sent.key


@pytest.mark.parametrize("missing", ["MessageSid", "From", "To"])
def test_an_inbound_form_without_a_needed_field_is_refused(missing: str) -> None:
    form = {"MessageSid": "SM1", "From": CLIENT, "To": BUSINESS, "Body": "Hello"}
    del form[missing]
    with pytest.raises(Invalid) as caught:
        parse_inbound_text(form)
    assert missing in caught.value.fields


@pytest.mark.parametrize("count", ["-1", "1e9", "99999999", "x", ""])
def test_a_strange_number_of_pictures_does_no_harm(count: str) -> None:
    form = {"MessageSid": "SM1", "From": CLIENT, "To": BUSINESS, "NumMedia": count, "MediaUrl0": "https://x"}
    assert len(parse_inbound_text(form).media) <= 1

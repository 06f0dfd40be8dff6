"""Only what a vendor has signed comes in, once, to the business it is about; nothing else breaks a thing."""

from __future__ import annotations

from itertools import count

import pytest

from opsystem.control.businesses.directory import add_channel
from opsystem.kit import clock
from tests.lifecycle.office import Office
from tests.webhooks.knocking import FORM, event, mail, raw, stamp, stored, text, twilio, visitor

MARIA = "+12285550142"
_numbers = count(1)


@pytest.fixture
def ours(office: Office) -> str:
    """The number that texts to Alice's business come to."""
    number = f"+1845555{next(_numbers):04}"
    add_channel(office.business, "sms", number)
    return number


@pytest.fixture
def address(office: Office) -> str:
    """The address that emails to Alice's business come to."""
    mailbox = f"b{office.number}@mg.sandbox.test"
    add_channel(office.business, "email", mailbox)
    return mailbox


def sms(office: Office) -> str:
    return f"/hooks/twilio/sms/{office.number}"


def test_a_signed_text_is_stored_once_however_often_it_comes(office: Office, ours: str) -> None:
    form = text(MARIA, ours, "The code is 4471")
    assert [twilio(sms(office), form).status_code for _ in range(3)] == [200, 200, 200]
    assert stored(office.vault) == [("twilio", "text")]


def test_a_text_that_is_not_signed_for_this_is_refused(office: Office, ours: str) -> None:
    form = text(MARIA, ours, "Hello")
    assert twilio(sms(office), form, key="another key").status_code == 403
    assert twilio(sms(office), form, signed_for="/hooks/twilio/sms/1").status_code == 403
    assert twilio(sms(office), {**form, "AccountSid": "AC" + "0" * 32}).status_code == 403
    assert raw(sms(office), "Body=Hello", FORM).status_code == 403
    assert raw(sms(office), b"\xff\xfe\x00", "application/json").status_code == 403
    assert stored(office.vault) == []


def test_a_text_to_a_number_of_somebody_else_is_not_taken(office: Office, ours: str) -> None:
    assert ours
    assert twilio(sms(office), text(MARIA, "+18455559999", "Hello")).status_code == 404
    for number in ("1", "999999999", "9" * 30, "9" * 5000):
        assert twilio(f"/hooks/twilio/sms/{number}", text(MARIA, ours, "Hello")).status_code == 404
    assert stored(office.vault) == []


@pytest.mark.parametrize("missing", ["MessageSid", "From", "To"])
def test_a_text_without_what_it_needs_is_told_so(office: Office, ours: str, missing: str) -> None:
    form = {name: value for name, value in text(MARIA, ours, "Hello").items() if name != missing}
    assert twilio(sms(office), form).status_code == 400


def test_a_report_is_stored_once_for_each_state(office: Office) -> None:
    path = f"/hooks/twilio/status/{office.number}/some-token"
    for state in ("sent", "sent", "delivered", "from the future"):
        form = {**text("+18455550100", MARIA, "", sid="SM" + "1" * 32), "MessageStatus": state}
        assert twilio(path, form).status_code == 204
    assert stored(office.vault) == [("twilio", "status"), ("twilio", "status")]
    assert twilio(path, form, key="another key").status_code == 403


def test_a_signed_mail_is_stored_once_with_all_that_is_known_of_it(office: Office, address: str) -> None:
    signature = stamp()
    assert [mail(address, "Visit", signature, "one").status_code for _ in range(2)] == [200, 200]
    assert mail(address, "Visit", stamp(), "one").status_code == 200, "Mailgun signs a repetition anew"
    assert stored(office.vault) == [("mailgun", "mail")]
    assert mail(address, "s" * 5000, stamp(), "two", **{"Auto-Submitted": "auto-replied"}).status_code == 200
    assert len(stored(office.vault)) == 2


def test_a_mail_that_is_not_signed_or_too_old_is_refused(office: Office, address: str) -> None:
    long_ago = int(clock.now().timestamp()) - 20 * 3600
    for signature in (stamp(key="another key"), stamp(at=long_ago), {**stamp(), "token": "changed"}):
        assert mail(address, "Visit", signature).status_code == 403
    assert raw("/hooks/mailgun/inbound", "", FORM).status_code == 400
    assert stored(office.vault) == []


def test_a_signature_serves_one_event_only(office: Office, address: str) -> None:
    signature = stamp()
    assert mail(address, "Visit", signature, "first").status_code == 200
    assert mail(address, "Forged", signature, "second").status_code == 403
    ours = {"business": str(office.number), "attempt": "t"}
    told = {"id": "ev1", "event": "delivered", "user-variables": ours}
    assert event(signature, **told).status_code == 403, "nor an event of another kind"
    assert stored(office.vault) == [("mailgun", "mail")]
    other = stamp()
    assert event(other, **told).status_code == 200
    assert event(other, **told).status_code == 200
    failed = {**told, "id": "ev2", "event": "failed", "severity": "permanent"}
    assert event(other, **failed).status_code == 403
    assert len(stored(office.vault)) == 2


def test_mail_to_nobody_is_not_repeated(office: Office) -> None:
    assert office.number
    assert mail("nobody@mg.sandbox.test", "Visit", stamp()).status_code == 406


@pytest.mark.parametrize("number", ["", "x", "٣", "9" * 5000, "-1", "1e3", "999999999"])
def test_a_number_that_is_none_breaks_nothing(office: Office, number: str) -> None:
    told = {"id": "ev", "event": "delivered", "user-variables": {"business": number, "attempt": "t"}}
    assert event(stamp(), **told).status_code in {200, 404}
    assert stored(office.vault) == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "nonsense",
        "[]",
        "null",
        "3",
        "[" * 100_000,
        "{",
        '{"signature": 3}',
        '{"signature": {"token": []}}',
    ],
)
def test_what_is_no_event_is_refused(office: Office, body: str) -> None:
    assert raw("/hooks/mailgun/events", body).status_code in {400, 403}
    assert stored(office.vault) == []


def test_an_event_without_its_parts_is_told_so(office: Office) -> None:
    assert office.number
    for data in ({}, {"id": 3}, {"id": "e", "event": "delivered", "timestamp": "soon"}):
        assert event(stamp(), **data).status_code == 400


def test_nothing_but_a_post_is_answered(office: Office) -> None:
    for path in ("/hooks/mailgun/inbound", "/hooks/mailgun/events", sms(office)):
        assert visitor().get(path).status_code == 405
        assert visitor().put(path).status_code == 405

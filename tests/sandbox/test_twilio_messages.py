"""Twilio's Messages as its own client finds them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from sandbox.testing import Running
from sandbox.twilio.segments import segments
from tests.sandbox.conftest import ANA, OURS, Twilio, twilio_client


def test_a_text_is_accepted_and_delivered(sandbox: Running, twilio: Twilio) -> None:
    sent = twilio.messages.create(to=ANA, from_=OURS, body="Bob comes at 9")
    assert (sent.status, sent.direction, sent.date_sent) == ("queued", "outbound-api", None)
    assert sent.sid.startswith("SM")
    sandbox.settle()
    found = twilio.messages(sent.sid).fetch()
    assert (found.status, found.body, found.error_code) == ("delivered", "Bob comes at 9", None)
    assert found.date_sent is not None


def test_the_same_text_twice_is_two_texts(sandbox: Running, twilio: Twilio) -> None:
    first = twilio.messages.create(to=ANA, from_=OURS, body="once?")
    second = twilio.messages.create(to=ANA, from_=OURS, body="once?")
    assert first.sid != second.sid
    assert len(sandbox.texts(person=ANA)) == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to": "+1415"}, 21211),
        ({"to": "5185550142"}, 21211),
        ({"to": "+11185550142"}, 21211),
        ({"to": "+15005550001"}, 21211),
        ({"to": "+15005550002"}, 21612),
        ({"to": "+15005550004"}, 21610),
        ({"to": "+15005550009"}, 21614),
        ({"to": OURS}, 21266),
        ({"from_": "+18455550999"}, 21659),
        ({"from_": "Hurley Plumbing"}, 21212),
        ({"body": ""}, 21619),
        ({"body": "   "}, 21619),
        ({"body": "x" * 1601}, 21617),
        ({"status_callback": "hooks/status"}, 21609),
        ({"validity_period": 0}, 21624),
        ({"validity_period": 36_001}, 21624),
        ({"send_at": datetime(2027, 1, 1, tzinfo=UTC), "schedule_type": "fixed"}, 35118),
        ({"messaging_service_sid": "MG" + "0" * 32}, 21701),
    ],
)
def test_what_twilio_refuses_is_refused_with_its_code(
    sandbox: Running, twilio: Twilio, changes: dict[str, Any], code: int
) -> None:
    text: dict[str, Any] = {"to": ANA, "from_": OURS, "body": "Hello"}
    with pytest.raises(TwilioRestException) as refusal:
        twilio.messages.create(**(text | changes))
    assert (refusal.value.status, refusal.value.code) == (400, code)
    assert sandbox.texts() == []


def test_a_released_number_sends_no_more(twilio: Twilio) -> None:
    twilio.incoming_phone_numbers.list(phone_number=OURS)[0].delete()
    with pytest.raises(TwilioRestException) as refusal:
        twilio.messages.create(to=ANA, from_=OURS, body="Hello")
    assert refusal.value.code == 21606


def test_wrong_credentials_are_refused(sandbox: Running) -> None:
    for sid, token in ((sandbox.account_sid, "wrong"), ("AC" + "0" * 32, sandbox.auth_token)):
        stranger = twilio_client(sandbox, sid, token)
        with pytest.raises(TwilioRestException) as refusal:
            stranger.messages("SM" + "0" * 32).fetch()
        assert (refusal.value.status, refusal.value.code) == (401, 20003)


def test_an_unknown_text_is_not_found(twilio: Twilio) -> None:
    with pytest.raises(TwilioRestException) as refusal:
        twilio.messages("SM" + "0" * 32).fetch()
    assert (refusal.value.status, refusal.value.code) == (404, 20404)


def test_texts_are_listed_newest_first_and_filtered(sandbox: Running, twilio: Twilio) -> None:
    for number in range(3):
        twilio.messages.create(to=ANA, from_=OURS, body=f"number {number}")
    twilio.messages.create(to="+12075550111", from_=OURS, body="for another")
    sandbox.settle()
    assert [text.body for text in twilio.messages.list(to=ANA)] == ["number 2", "number 1", "number 0"]
    assert len(twilio.messages.list(from_=OURS)) == 4
    assert twilio.messages.list(to=OURS) == []


def test_texts_are_found_by_the_date_they_left(sandbox: Running, twilio: Twilio) -> None:
    begin = datetime.now(UTC) - timedelta(seconds=60)
    twilio.messages.create(to=ANA, from_=OURS, body="now")
    sandbox.settle()
    assert len(twilio.messages.list(to=ANA, from_=OURS, date_sent_after=begin)) == 1
    assert twilio.messages.list(date_sent_after=datetime.now(UTC) + timedelta(seconds=60)) == []
    assert twilio.messages.list(date_sent_before=begin) == []
    assert len(twilio.messages.list(date_sent=datetime.now(UTC).date())) == 1


def test_a_text_that_has_not_left_has_no_date(sandbox: Running, twilio: Twilio) -> None:
    twilio.messages.create(to="+15005551001", from_=OURS, body="stays in the queue")
    sandbox.settle()
    assert twilio.messages.list(date_sent_after=datetime(2020, 1, 1, tzinfo=UTC)) == []
    assert twilio.messages.list()[0].status == "queued"


def test_pages_keep_their_place_while_texts_come_in(twilio: Twilio) -> None:
    for number in range(5):
        twilio.messages.create(to=ANA, from_=OURS, body=f"number {number}")
    found = twilio.messages.stream(page_size=2)
    bodies = [next(found).body, next(found).body]
    twilio.messages.create(to=ANA, from_=OURS, body="in between")
    assert bodies + [text.body for text in found] == [f"number {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("", 1), ("x" * 160, 1), ("x" * 161, 2), ("x" * 306, 2), ("x" * 307, 3),
        ("€" * 80, 1), ("€" * 81, 2), ("ж" * 70, 1), ("ж" * 71, 2), ("👍" * 35, 1), ("👍" * 36, 2),
    ],
)  # fmt: skip
def test_segments_are_counted_as_carriers_count(body: str, count: int) -> None:
    assert segments(body) == count


def test_numbers_are_found_bought_changed_and_given_back(sandbox: Running, twilio: Twilio) -> None:
    offered = twilio.available_phone_numbers("US").local.list(area_code=845, limit=3)
    assert offered[0].locality == "Hurley"
    assert OURS not in [number.phone_number for number in offered]
    bought = twilio.incoming_phone_numbers.create(
        phone_number=offered[0].phone_number, sms_url="http://127.0.0.1:1/sms"
    )
    with pytest.raises(TwilioRestException) as taken:
        twilio.incoming_phone_numbers.create(phone_number=offered[0].phone_number)
    assert taken.value.code == 21422
    changed = bought.update(sms_url="http://127.0.0.1:1/other")
    assert (changed.sms_url, changed.phone_number) == ("http://127.0.0.1:1/other", bought.phone_number)
    assert {number.phone_number for number in twilio.incoming_phone_numbers.list()} == {
        OURS,
        bought.phone_number,
    }
    assert bought.delete()
    assert [number["phone"] for number in sandbox.get("/_state/twilio/numbers")] == [OURS]


def test_a_number_of_an_area_can_be_bought(twilio: Twilio) -> None:
    bought = twilio.incoming_phone_numbers.create(area_code="518")
    assert bought.phone_number.startswith("+1518")
    with pytest.raises(TwilioRestException) as refusal:
        twilio.incoming_phone_numbers.create(area_code="999")
    assert refusal.value.code == 21452

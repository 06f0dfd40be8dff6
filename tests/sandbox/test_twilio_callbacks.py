"""What Twilio calls by itself: status callbacks and a person's texts, signed; and STOP."""

from __future__ import annotations

import json
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator

from sandbox.testing import Running, SandboxError
from sandbox.twilio.signature import sign
from tests.sandbox.conftest import ANA, OURS, Twilio
from tests.sandbox.listener import Listener
from tests.vendor_specs import FOLDER


def listen(twilio: Twilio, listener: Listener, path: str = "/sms", **options: str) -> None:
    """Let the account's number call the listener."""
    twilio.incoming_phone_numbers.list(phone_number=OURS)[0].update(sms_url=listener.url(path), **options)


def is_signed(sandbox: Running, url: str, form: dict[str, str], signature: str) -> bool:
    validator: Any = RequestValidator(sandbox.auth_token)  # type: ignore[no-untyped-call]
    return bool(validator.validate(url, form, signature))


def test_signatures_match_the_known_vectors() -> None:
    if not FOLDER.is_dir():
        pytest.skip("the vendors' samples are not beside this checkout")
    known = json.loads((FOLDER / "twilio/samples/signature_vector.json").read_text())
    form, query = known["vectors"][0], known["vectors"][3]
    assert sign(known["auth_token"], form["url"], form["form"]) == form["signature"]
    assert sign(known["auth_token"], query["url"], {}) == query["signature"]


def test_each_state_after_the_first_is_called_back_signed(
    sandbox: Running, twilio: Twilio, listener: Listener
) -> None:
    url = listener.url("/status?attempt=7")
    sent = twilio.messages.create(to=ANA, from_=OURS, body="Hello", status_callback=url)
    calls = listener.wait_for(2)
    assert [call.form["MessageStatus"] for call in calls] == ["sent", "delivered"]
    for call in calls:
        assert call.form["MessageSid"] == sent.sid
        assert call.path == "/status?attempt=7"
        assert is_signed(sandbox, url, call.form, call.headers["X-Twilio-Signature"])
        assert not is_signed(sandbox, url, call.form | {"To": OURS}, call.headers["X-Twilio-Signature"])


@pytest.mark.parametrize(
    ("to", "states", "code"),
    [
        ("+15005553001", ["failed"], "30001"),
        ("+15005553003", ["sent", "undelivered"], "30003"),
        ("+15005553007", ["sent", "undelivered"], "30007"),
        ("+15005551000", ["sent"], None),
    ],
)
def test_magic_numbers_fail_on_the_way(
    sandbox: Running, twilio: Twilio, listener: Listener, to: str, states: list[str], code: str | None
) -> None:
    sent = twilio.messages.create(to=to, from_=OURS, body="Hello", status_callback=listener.url("/status"))
    sandbox.settle()
    assert [call.form["MessageStatus"] for call in listener.calls] == states
    assert listener.calls[-1].form.get("ErrorCode") == code
    found = twilio.messages(sent.sid).fetch()
    assert (found.status, found.error_code) == (states[-1], int(code) if code else None)


def test_callbacks_are_doubled_reversed_and_lost_by_script(
    sandbox: Running, twilio: Twilio, listener: Listener
) -> None:
    sandbox.faults(
        {"kind": "duplicate_callbacks", "times": 3, "match": {"Body": "thrice"}},
        {"kind": "reorder_callbacks", "match": {"Body": "backwards"}},
        {"kind": "lose_callbacks", "match": {"Body": "never"}},
    )
    states = {}
    for body in ("thrice", "backwards", "never", "as always"):
        listener.calls.clear()
        twilio.messages.create(to=ANA, from_=OURS, body=body, status_callback=listener.url("/status"))
        sandbox.settle()
        states[body] = [call.form["MessageStatus"] for call in listener.calls]
    assert states == {
        "thrice": ["sent"] * 3 + ["delivered"] * 3,
        "backwards": ["delivered", "sent"],
        "never": [],
        "as always": ["sent", "delivered"],
    }


def test_a_callback_is_tried_once_unless_its_url_asks_for_more(
    sandbox: Running, twilio: Twilio, listener: Listener
) -> None:
    listener.answers = [500, 500, 500, 500, 500]
    twilio.messages.create(
        to="+15005551000", from_=OURS, body="once", status_callback=listener.url("/status")
    )
    sandbox.settle()
    assert len(listener.calls) == 1
    url = listener.url("/status") + "#rc=2&rp=all"
    twilio.messages.create(to="+15005551000", from_=OURS, body="thrice", status_callback=url)
    sandbox.settle()
    assert len(listener.calls) == 4
    assert is_signed(
        sandbox,
        listener.url("/status"),
        listener.calls[-1].form,
        listener.calls[-1].headers["X-Twilio-Signature"],
    )


def test_a_persons_text_arrives_signed(sandbox: Running, twilio: Twilio, listener: Listener) -> None:
    listen(twilio, listener)
    sid = sandbox.answer(ANA, to=OURS, body="The code is 4711 👍")
    (call,) = listener.wait_for(1)
    expected = {"MessageSid": sid, "From": ANA, "To": OURS, "Body": "The code is 4711 👍", "NumMedia": "0"}
    assert expected.items() <= call.form.items()
    assert "OptOutType" not in call.form
    assert is_signed(sandbox, listener.url("/sms"), call.form, call.headers["X-Twilio-Signature"])
    assert (twilio.messages(sid).fetch().direction, twilio.messages(sid).fetch().status) == (
        "inbound",
        "received",
    )


def test_a_persons_text_can_come_by_get(sandbox: Running, twilio: Twilio, listener: Listener) -> None:
    listen(twilio, listener, sms_method="GET")
    sandbox.answer(ANA, to=OURS, body="Yes")
    (call,) = listener.wait_for(1)
    assert (call.method, call.body) == ("GET", b"")
    assert is_signed(sandbox, listener.base_url + call.path, {}, call.headers["X-Twilio-Signature"])


def test_a_persons_text_goes_to_the_fallback_when_it_is_not_taken(
    sandbox: Running, twilio: Twilio, listener: Listener
) -> None:
    listen(twilio, listener, sms_fallback_url=listener.url("/fallback"))
    listener.answers = [503]
    sandbox.answer(ANA, to=OURS, body="Hello?")
    sandbox.settle()
    assert [call.path for call in listener.calls] == ["/sms", "/fallback"]


def test_stop_blocks_the_pair_until_start(sandbox: Running, twilio: Twilio, listener: Listener) -> None:
    listen(twilio, listener)
    sandbox.answer(ANA, to=OURS, body=" Stop ")
    sandbox.settle()
    assert listener.calls[-1].form["OptOutType"] == "STOP"
    with pytest.raises(TwilioRestException) as refusal:
        twilio.messages.create(to=ANA, from_=OURS, body="Hello")
    assert refusal.value.code == 21610
    twilio.messages.create(to="+12075550111", from_=OURS, body="others are not blocked")

    sandbox.answer(ANA, to=OURS, body="yes")
    sandbox.settle()
    assert listener.calls[-1].form["OptOutType"] == "START"
    assert twilio.messages.create(to=ANA, from_=OURS, body="Hello again").status == "queued"
    said = [text["body"] for text in sandbox.texts(person=ANA) if text["direction"] == "outbound-reply"]
    assert [words[:36] for words in said] == [
        "You have successfully been unsubscri",
        "You have successfully been re-subscr",
    ]


def test_twilio_confirms_a_stop_once_and_answers_help(sandbox: Running, twilio: Twilio) -> None:
    for body in ("STOP", "UNSUBSCRIBE", "help"):
        sandbox.answer(ANA, to=OURS, body=body)
    replies = [text for text in sandbox.texts(person=ANA) if text["direction"] == "outbound-reply"]
    assert [reply["body"][:20] for reply in replies] == ["You have successfull", "Reply STOP to unsubs"]
    assert twilio.messages.list(to=ANA, limit=5)


@pytest.mark.parametrize("body", ["please stop by on Tuesday", "yes", "I cannot help", "end of May"])
def test_everyday_words_are_no_keywords(
    sandbox: Running, twilio: Twilio, listener: Listener, body: str
) -> None:
    listen(twilio, listener)
    sandbox.answer(ANA, to=OURS, body=body)
    (call,) = listener.wait_for(1)
    assert "OptOutType" not in call.form
    assert twilio.messages.create(to=ANA, from_=OURS, body="Hello").status == "queued"


@pytest.mark.parametrize(
    ("person", "to", "body"), [("0142", OURS, "Hi"), (ANA, "+18455550999", "Hi"), (ANA, OURS, " ")]
)
def test_a_text_that_cannot_arrive_says_why(
    sandbox: Running, twilio: Twilio, person: str, to: str, body: str
) -> None:
    assert twilio.messages.list() == []
    with pytest.raises(SandboxError, match=r"409 .*problem"):
        sandbox.answer(person, to=to, body=body)
    assert sandbox.texts() == []


def test_no_address_outside_this_machine_is_called(sandbox: Running, twilio: Twilio) -> None:
    for url in ("https://example.com/hook", "http://10.0.0.1/hook", "http://127.0.0.1.example.com/hook"):
        twilio.messages.create(to=ANA, from_=OURS, body="Hello", status_callback=url)
    sandbox.settle()
    calls = sandbox.get("/_state/callbacks")
    assert len(calls) == 6
    assert {call["trouble"] for call in calls} == {"not called: the address is not on this machine"}

"""Faults by script, as the product's clients meet them."""

from __future__ import annotations

import time

import pytest
import requests
from mailgun.client import Client as MailgunClient
from mailgun.handlers.error_handler import ApiError
from twilio.base.exceptions import TwilioRestException

from sandbox.testing import Running, SandboxError
from tests.sandbox.conftest import ANA, OURS, Twilio
from tests.sandbox.test_mailgun import send


def text(twilio: Twilio, body: str = "Hello") -> str:
    return str(twilio.messages.create(to=ANA, from_=OURS, body=body).sid)


def test_a_lost_answer_leaves_the_text_accepted(sandbox: Running, twilio: Twilio) -> None:
    sandbox.faults({"kind": "lost_answer", "vendor": "twilio", "operation": "messages.create"})
    with pytest.raises(requests.ConnectionError):
        text(twilio)
    sandbox.settle()
    (found,) = twilio.messages.list(to=ANA, from_=OURS)
    assert (found.body, found.status) == ("Hello", "delivered")


def test_a_lost_answer_leaves_the_mail_accepted(sandbox: Running, mailgun: MailgunClient) -> None:
    sandbox.faults({"kind": "lost_answer", "vendor": "mailgun"})
    with pytest.raises(ApiError):
        send(mailgun)
    assert len(sandbox.mails(to="ana@example.com")) == 1


def test_a_refused_connection_accepts_nothing(sandbox: Running, twilio: Twilio) -> None:
    sandbox.faults({"kind": "refuse", "vendor": "twilio", "operation": "messages.create"})
    with pytest.raises(requests.ConnectionError):
        text(twilio)
    assert sandbox.texts() == []
    assert text(twilio)


def test_too_many_requests_come_in_the_vendors_words(
    sandbox: Running, twilio: Twilio, mailgun: MailgunClient
) -> None:
    sandbox.faults(
        {"kind": "status", "status": 429, "retry_after": 7, "operation": "messages.create", "count": 2}
    )
    with pytest.raises(TwilioRestException) as refusal:
        text(twilio)
    assert (refusal.value.status, refusal.value.code) == (429, 20429)
    answer = send(mailgun)
    assert (answer.status_code, answer.json()) == (429, {"message": "Too many requests"})
    assert answer.headers["Retry-After"] == "7"
    assert sandbox.texts() == sandbox.mails() == []


def test_a_server_error_may_have_taken_effect(sandbox: Running, twilio: Twilio) -> None:
    sandbox.faults(
        {"kind": "status", "status": 503, "operation": "messages.create"},
        {"kind": "status", "status": 500, "operation": "messages.create", "accepted": True},
    )
    for taken in (0, 1):
        with pytest.raises(TwilioRestException) as refusal:
            text(twilio)
        assert refusal.value.code == 20500
        assert len(sandbox.texts()) == taken


def test_an_answer_can_be_late(sandbox: Running, twilio: Twilio) -> None:
    sandbox.faults({"kind": "delay", "seconds": 0.4, "operation": "messages.create"})
    begin = time.monotonic()
    text(twilio)
    assert time.monotonic() - begin >= 0.4


def test_a_fault_meets_what_it_is_meant_for_as_often_as_it_says(sandbox: Running, twilio: Twilio) -> None:
    sandbox.faults(
        {"kind": "status", "operation": "messages.create", "match": {"Body": "gate", "To": ANA}, "count": 2}
    )
    text(twilio, "no match")
    for left in (1, 0):
        with pytest.raises(TwilioRestException):
            text(twilio, "the gate code")
        assert sum(fault["count"] for fault in sandbox.get("/_faults")) == left
    assert text(twilio, "the gate code")


def test_faults_can_be_cleared_and_nonsense_is_refused(sandbox: Running, twilio: Twilio) -> None:
    sandbox.faults({"kind": "refuse", "count": 5})
    sandbox.clear_faults()
    assert text(twilio)
    with pytest.raises(SandboxError, match="400"):
        sandbox.faults({"kind": "sneeze"})
    with pytest.raises(SandboxError, match="400"):
        sandbox.faults({"kind": "delay", "minutes": 1})


def test_the_log_counts_what_happened_without_anybodys_words(sandbox: Running, twilio: Twilio) -> None:
    sandbox.faults({"kind": "lost_answer", "operation": "messages.create"})
    with pytest.raises(requests.ConnectionError):
        text(twilio, "gate code 4711")
    text(twilio, "gate code 4711")
    twilio.messages.list(to=ANA)
    log = sandbox.get("/_state/requests")
    counts = {(entry["operation"], entry["status"]): entry["count"] for entry in log["counts"]}
    assert counts[("messages.create", None)] == counts[("messages.create", 201)] == 1
    assert counts[("messages.list", 200)] == 1
    for secret in ("4711", ANA, ANA[1:], sandbox.auth_token):
        assert secret not in str(log)

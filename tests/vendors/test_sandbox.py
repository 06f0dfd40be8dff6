"""The gateways against the sandbox: the vendors' whole behaviour, and lost answers settled by asking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from opsystem.vendors import mailgun, twilio
from opsystem.vendors.errors import Certainty, GatewayError, Trouble
from sandbox.testing import Running, start_sandbox
from tests.sandbox.listener import Listener, listening
from tests.vendor_specs import Exchange, Specification
from tests.vendors.ledgers import KeepingLedger

OURS, ANA = "+18455550100", "+15185550142"
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("sandbox")
    with start_sandbox(folder, "--record", "--pace", "0.02") as running:
        yield running


@pytest.fixture
def sandbox(process: Running) -> Iterator[Running]:
    """An empty sandbox whose account owns OURS; afterwards every request is held against the description."""
    process.clear_faults()
    process.reset()
    twilio.buy_number(
        _twilio(process),
        number=OURS,
        sms_url="http://127.0.0.1:9/sms",
        ledger=KeepingLedger(),
        ref="B-7",
        initiator="U-1",
    )
    yield process
    for record in process.get("/_state/exchanges") if Specification.is_at_hand() else []:
        exchange = Exchange.from_record(record)
        assert Specification.of(exchange.vendor).request_problems(exchange) == []


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as heard:
        yield heard


def _twilio(running: Running, read_seconds: float = 10) -> twilio.TwilioConfig:
    return twilio.TwilioConfig(
        running.account_sid,
        running.auth_token,
        running.twilio_url,
        allow_loopback=True,
        read_seconds=read_seconds,
    )


def _mailgun(running: Running) -> mailgun.MailgunConfig:
    return mailgun.MailgunConfig(
        running.mailgun_key,
        running.mail_domain,
        running.signing_key,
        running.mailgun_url,
        allow_loopback=True,
    )


def _text(
    running: Running, ledger: KeepingLedger, callback: str = "", read_seconds: float = 10
) -> twilio.Accepted:
    return twilio.send_text(
        _twilio(running, read_seconds),
        to=ANA,
        sender=OURS,
        body="Bob comes at nine.",
        status_callback=callback or "http://127.0.0.1:9/status",
        ledger=ledger,
        ref="M-1",
        initiator="U-2",
    )


def _find(running: Running, ledger: KeepingLedger) -> list[twilio.Found]:
    return twilio.find_texts(
        _twilio(running), to=ANA, sender=OURS, since=START, ledger=ledger, ref="M-1", initiator="system"
    )


def _mail(running: Running, ledger: KeepingLedger) -> mailgun.Accepted:
    return mailgun.send_mail(
        _mailgun(running),
        to="Ana <ana@example.com>",
        sender=f"Hurley Plumbing <office@{running.mail_domain}>",
        subject="Tomorrow",
        text="Bob comes at nine.",
        message_id=f"a1@{running.mail_domain}",
        variables={"attempt": "a1", "business": "7"},
        ledger=ledger,
        ref="M-1",
        initiator="U-2",
    )


def _events(running: Running, ledger: KeepingLedger) -> list[mailgun.MailEvent]:
    return mailgun.find_mail(
        _mailgun(running),
        f"a1@{running.mail_domain}",
        since=datetime.now(UTC) - timedelta(minutes=5),
        ledger=ledger,
        ref="M-1",
        initiator="system",
    )


def test_a_text_goes_out_once_and_can_be_found(sandbox: Running, ledger: KeepingLedger) -> None:
    accepted = _text(sandbox, ledger)
    sandbox.settle()
    (found,) = _find(sandbox, ledger)
    assert (found.vendor_id, found.body) == (accepted.vendor_id, "Bob comes at nine.")
    assert [text["body"] for text in sandbox.texts(to=ANA)] == ["Bob comes at nine."]


def test_a_text_whose_answer_was_lost_is_found_by_asking(sandbox: Running, ledger: KeepingLedger) -> None:
    sandbox.faults({"kind": "lost_answer", "vendor": "twilio", "operation": "messages.create"})
    with pytest.raises(GatewayError) as caught:
        _text(sandbox, ledger)
    assert caught.value.certainty is Certainty.UNKNOWN
    assert len(_find(sandbox, ledger)) == len(sandbox.texts(to=ANA)) == 1


def test_a_text_that_never_arrived_is_not_found(sandbox: Running, ledger: KeepingLedger) -> None:
    sandbox.faults({"kind": "refuse", "vendor": "twilio", "operation": "messages.create"})
    with pytest.raises(GatewayError) as caught:
        _text(sandbox, ledger)
    assert caught.value.certainty is Certainty.UNKNOWN
    assert _find(sandbox, ledger) == []


def test_a_slow_answer_is_a_time_out_and_the_text_is_found(sandbox: Running, ledger: KeepingLedger) -> None:
    sandbox.faults({"kind": "delay", "vendor": "twilio", "operation": "messages.create", "seconds": 2})
    with pytest.raises(GatewayError) as caught:
        _text(sandbox, ledger, read_seconds=0.3)
    assert (caught.value.trouble, caught.value.certainty) == (Trouble.TIMEOUT, Certainty.UNKNOWN)


@pytest.mark.parametrize("accepted", [True, False])
def test_a_fault_of_twilio_leaves_it_unknown(sandbox: Running, ledger: KeepingLedger, accepted: bool) -> None:
    fault = {"kind": "status", "status": 503, "vendor": "twilio", "accepted": accepted}
    sandbox.faults({**fault, "operation": "messages.create"})
    with pytest.raises(GatewayError) as caught:
        _text(sandbox, ledger)
    assert (caught.value.trouble, caught.value.certainty) == (Trouble.BROKEN, Certainty.UNKNOWN)
    assert len(_find(sandbox, ledger)) == int(accepted)


def test_too_many_texts_are_certainly_not_sent(sandbox: Running, ledger: KeepingLedger) -> None:
    sandbox.faults({"kind": "status", "status": 429, "vendor": "twilio", "operation": "messages.create"})
    with pytest.raises(GatewayError) as caught:
        _text(sandbox, ledger)
    assert (caught.value.trouble, caught.value.certainty) == (Trouble.BUSY, Certainty.NOT_SENT)
    assert _find(sandbox, ledger) == []


def test_a_person_who_said_stop_gets_nothing(sandbox: Running, ledger: KeepingLedger) -> None:
    sandbox.answer(ANA, to=OURS, body="STOP")
    sandbox.settle()
    with pytest.raises(GatewayError) as caught:
        _text(sandbox, ledger)
    assert (caught.value.trouble, caught.value.certainty) == (Trouble.OPTED_OUT, Certainty.REFUSED)


def test_a_wrong_key_is_told(sandbox: Running, ledger: KeepingLedger) -> None:
    wrong = twilio.TwilioConfig(sandbox.account_sid, "wrong", sandbox.twilio_url, allow_loopback=True)
    with pytest.raises(GatewayError) as caught:
        twilio.own_numbers(wrong, ledger=ledger, ref="B-7", initiator="U-1")
    assert (caught.value.trouble, caught.value.vendor_code) == (Trouble.BAD_KEY, "20003")


def test_numbers_are_rented(sandbox: Running, ledger: KeepingLedger) -> None:
    config = _twilio(sandbox)
    offered = twilio.available_numbers(config, ledger=ledger, ref="B-7", initiator="U-1")
    assert offered
    bought = twilio.buy_number(
        config,
        number=offered[0].number,
        sms_url="http://127.0.0.1:9/sms",
        ledger=ledger,
        ref="B-7",
        initiator="U-1",
    )
    found = twilio.own_numbers(config, number=bought.number, ledger=ledger, ref="B-7", initiator="U-1")
    assert found == [bought]


def test_the_states_of_a_text_are_called_back_and_believed(
    sandbox: Running, ledger: KeepingLedger, listener: Listener
) -> None:
    url = listener.url("/status?attempt=a1")
    accepted = _text(sandbox, ledger, url)
    calls = listener.wait_for(2)
    for call in calls:
        assert twilio.verify_webhook(_twilio(sandbox), url, call.form, call.headers["X-Twilio-Signature"])
    states = [twilio.parse_text_status(call.form) for call in calls]
    assert {state.vendor_id for state in states} == {accepted.vendor_id}
    assert [(state.status, state.is_final) for state in states] == [("sent", False), ("delivered", True)]


def test_a_mail_goes_out_once_and_can_be_followed(sandbox: Running, ledger: KeepingLedger) -> None:
    accepted = _mail(sandbox, ledger)
    assert accepted.vendor_id == f"a1@{sandbox.mail_domain}"
    sandbox.settle()
    events = _events(sandbox, ledger)
    assert [event.kind for event in events] == ["accepted", "delivered"]
    assert events[0].variables == {"attempt": "a1", "business": "7"}
    assert len(sandbox.mails(to="ana@example.com")) == 1


@pytest.mark.parametrize(("kind", "arrived"), [("lost_answer", 1), ("refuse", 0)])
def test_a_mail_whose_answer_was_lost_is_settled_by_asking(
    sandbox: Running, ledger: KeepingLedger, kind: str, arrived: int
) -> None:
    sandbox.faults({"kind": kind, "vendor": "mailgun", "operation": "messages.create"})
    with pytest.raises(GatewayError) as caught:
        _mail(sandbox, ledger)
    assert caught.value.certainty is Certainty.UNKNOWN
    sandbox.settle()
    assert bool(_events(sandbox, ledger)) == bool(arrived)
    assert len(sandbox.mails(to="ana@example.com")) == arrived


def test_a_wrong_key_of_mailgun_is_told_though_the_answer_is_no_json(
    sandbox: Running, ledger: KeepingLedger
) -> None:
    wrong = mailgun.MailgunConfig("wrong", sandbox.mail_domain, "s", sandbox.mailgun_url, allow_loopback=True)
    with pytest.raises(GatewayError) as caught:
        mailgun.find_mail(wrong, "a1@x", since=START, ledger=ledger, ref="M-1", initiator="system")
    assert caught.value.trouble is Trouble.BAD_KEY

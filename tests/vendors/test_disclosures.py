"""No byte without a row (P3.8), and nothing in a request that was not declared (P3.1, P3.3, P3.4)."""

from __future__ import annotations

import importlib
import pkgutil
from email import message_from_bytes

import pytest
import requests

import opsystem.vendors
from opsystem.vendors.anthropic import stream_message
from opsystem.vendors.disclosures import Call, Category, Disclosure, Passage, UndeclaredFieldError
from opsystem.vendors.errors import GatewayError
from opsystem.vendors.fence import fenced_session
from opsystem.vendors.mailgun import send_mail
from tests.vendors.calls import SAMPLES, Sample, anthropic, mailgun
from tests.vendors.ledgers import BrokenLedger, FullDiskError, KeepingLedger
from tests.vendors.servers import Answer, Received, running

each = pytest.mark.parametrize("sample", SAMPLES, ids=str)

# promises.md: the only data that each may get
ALLOWED = {
    "twilio": {Category.PHONE_NUMBERS, Category.MESSAGE_CONTENT, Category.TECHNICAL},
    "mailgun": {Category.EMAIL_ADDRESSES, Category.EMAIL_CONTENT, Category.TECHNICAL},
    "anthropic": {Category.CONVERSATION, Category.TECHNICAL},
    "stripe": {Category.PAYMENTS, Category.TECHNICAL},
}
DECLARED = {
    f"{value.vendor} {value.name}": value
    for module in pkgutil.walk_packages(opsystem.vendors.__path__, "opsystem.vendors.")
    for value in vars(importlib.import_module(module.name)).values()
    if isinstance(value, Call)
}


def test_every_declared_call_is_tested_here() -> None:
    assert {str(sample) for sample in SAMPLES} == set(DECLARED)


@each
def test_each_request_has_one_row_written_before_it(sample: Sample, ledger: KeepingLedger) -> None:
    with running(sample.success) as server:
        sample.make(server.url, ledger, None)
        (request,) = server.received
    call = DECLARED[str(sample)]
    (row,) = ledger.rows
    assert (row.vendor, row.purpose, row.ref, row.initiator) == (call.vendor, call.purpose, "M-41", "U-2")
    assert row.bytes == len(request.body) + len(request.query)
    assert set(row.categories) <= {str(category) for category in ALLOWED[call.vendor]}
    assert row.categories == tuple(sorted(row.categories))


@each
def test_nothing_is_sent_when_the_row_cannot_be_written(sample: Sample) -> None:
    with running(sample.success) as server:
        with pytest.raises(FullDiskError):
            sample.make(server.url, BrokenLedger(), None)
        assert server.received == []


@each
def test_the_row_is_committed_before_the_first_byte_arrives(sample: Sample) -> None:
    arrived_at_record: list[int] = []
    with running(sample.success) as server:

        class Watching:
            def record(self, disclosure: Disclosure) -> None:
                assert disclosure.bytes >= 0
                arrived_at_record.append(len(server.received))

        sample.make(server.url, Watching(), None)
    assert arrived_at_record == [0]


@pytest.mark.parametrize("call", DECLARED.values(), ids=lambda call: f"{call.vendor} {call.name}")
def test_no_declaration_goes_beyond_the_policy(call: Call) -> None:
    assert set(call.fields.values()) <= ALLOWED[call.vendor]


def test_an_undeclared_variable_of_a_mail_is_not_sent(ledger: KeepingLedger) -> None:
    with running() as server:
        with pytest.raises(UndeclaredFieldError, match="v:birthday"):
            send_mail(
                mailgun(server.url),
                to="ana@example.net",
                sender="office@mg.example.com",
                subject="Hello",
                text="Hello",
                message_id="a1@mg.example.com",
                variables={"birthday": "1980-01-01"},
                ledger=ledger,
                ref="M-1",
                initiator="U-2",
            )
        assert server.received == []
    assert ledger.rows == []


def test_an_undeclared_option_for_claude_is_not_sent(ledger: KeepingLedger) -> None:
    with running() as server:
        with pytest.raises(UndeclaredFieldError, match="container"):
            stream_message(
                anthropic(server.url),
                model="claude-haiku-5-5",
                system="",
                messages=[{"role": "user", "content": "Hello"}],
                tools=[],
                max_tokens=16,
                options={"container": "container_1"},
                ledger=ledger,
                ref="T-1",
                initiator="U-2",
            )
        assert server.received == []
    assert ledger.rows == []


@pytest.mark.parametrize(
    "body",
    [
        {"data": {"To": "x", "Secret": "y"}},
        {"files": [("To", (None, "x")), ("Secret", (None, "y"))]},
        {"params": {"To": "x", "Secret": ""}},
        {"data": {"To": "x"}, "params": {"Secret": "y"}},
    ],
    ids=["form", "multipart", "query", "both"],
)
def test_the_fence_finds_an_undeclared_field_wherever_it_stands(
    body: dict[str, object], ledger: KeepingLedger
) -> None:
    call = Call("twilio", "send_text", "send a text", {"To": Category.PHONE_NUMBERS})
    passage = Passage(call, ledger, "M-1", "U-2")
    with running() as server, fenced_session(server.url, passage) as session:
        with pytest.raises(UndeclaredFieldError, match="Secret"):
            session.post(f"{server.url}/x", timeout=1, **body)  # type: ignore[arg-type]
        assert server.received == []


@pytest.mark.parametrize("body", [{"json": {"To": "x"}}, {"data": b"To=x"}, {"data": iter([b"To=x"])}])
def test_a_body_that_cannot_be_read_is_not_sent(body: dict[str, object], ledger: KeepingLedger) -> None:
    call = Call("twilio", "send_text", "send a text", {"To": Category.PHONE_NUMBERS})
    with running() as server, fenced_session(server.url, Passage(call, ledger, "M-1", "U-2")) as session:
        with pytest.raises(TypeError):
            session.post(f"{server.url}/x", timeout=1, **body)  # type: ignore[arg-type]
        assert server.received == []


def test_the_fence_knows_no_other_address(ledger: KeepingLedger) -> None:
    call = Call("twilio", "send_text", "send a text", {})
    with running() as server, running() as elsewhere:
        session = fenced_session(server.url, Passage(call, ledger, "M-1", "U-2"))
        with session, pytest.raises(requests.exceptions.InvalidSchema):
            session.get(f"{elsewhere.url}/x", timeout=1)
        assert elsewhere.received == []
    assert ledger.rows == []


def _headers(request: Received) -> set[str]:
    return set(request.headers)


def test_only_declared_headers_go_to_claude(ledger: KeepingLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_CUSTOM_HEADERS", "X-Secret: 1\nAuthorization: Bearer of-somebody-else")
    sample = next(one for one in SAMPLES if one.name == "anthropic stream_message")
    with running(sample.success) as server:
        sample.make(server.url, ledger, None)
        (request,) = server.received
    assert request.headers["authorization"] == "Bearer sk-ant-of-the-tests"
    assert request.headers["anthropic-version"] == "2026-10-21"
    assert _headers(request) == {
        "accept",
        "accept-encoding",
        "anthropic-version",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "user-agent",
    }


def test_a_mail_is_sent_as_a_multipart_form_with_tracking_off(ledger: KeepingLedger) -> None:
    sample = next(one for one in SAMPLES if one.name == "mailgun send_mail")
    with running(sample.success) as server:
        sample.make(server.url, ledger, None)
        (request,) = server.received
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    form = {
        str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
        for part in message_from_bytes(head + request.body).walk()
        if not part.is_multipart()
    }
    for name in ("o:tracking", "o:tracking-clicks", "o:tracking-opens", "o:skip-verification"):
        assert form[name] == b"no"
    assert form["o:require-tls"] == b"yes"
    assert form["h:Message-Id"] == b"<a1@mg.example.com>"
    assert form["to"] == "Ana Álvarez <ana@example.net>".encode()


def test_an_error_answer_still_has_its_row(ledger: KeepingLedger) -> None:
    sample = SAMPLES[0]
    with running(Answer(400)) as server, pytest.raises(GatewayError):
        sample.make(server.url, ledger, None)
    assert len(ledger.rows) == 1

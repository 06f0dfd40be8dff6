"""Every call of every gateway, ready to be made against any address."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypedDict

from opsystem.vendors.anthropic import AnthropicConfig, list_models, stream_message
from opsystem.vendors.disclosures import Ledger
from opsystem.vendors.mailgun import MailgunConfig, find_mail, send_mail
from opsystem.vendors.twilio import (
    TwilioConfig,
    available_numbers,
    buy_number,
    find_texts,
    own_numbers,
    received_texts,
    send_text,
)
from tests.vendors.servers import Answer
from tests.vendors.stripe_calls import CALLS, maker

ACCOUNT = "AC00000000000000000000000000000000"
CLIENT, BUSINESS = "+14155550100", "+15005550006"
LONG_AGO = datetime(2026, 11, 1, tzinfo=UTC)
Make = Callable[[str, Ledger, Path | None], object]


@dataclass(frozen=True)
class Sample:
    """A call by name, with an answer that it takes for a success; `sends` where a person would notice it."""

    name: str
    make: Make
    success: Answer
    sends: bool = False

    def __str__(self) -> str:
        return self.name


def twilio(url: str, authority: Path | None = None, read_seconds: float = 1.0) -> TwilioConfig:
    return TwilioConfig(
        account_sid=ACCOUNT,
        auth_token="0123456789abcdef0123456789abcdef",
        base_url=url,
        allow_loopback=True,
        authority=authority,
        connect_seconds=1.0,
        read_seconds=read_seconds,
    )


def mailgun(url: str, authority: Path | None = None, read_seconds: float = 1.0) -> MailgunConfig:
    return MailgunConfig(
        api_key="key-of-the-tests",
        domain="mg.example.com",
        signing_key="key-samplesigningkey0000000000000000",
        base_url=url,
        allow_loopback=True,
        authority=authority,
        connect_seconds=1.0,
        read_seconds=read_seconds,
    )


def anthropic(url: str, authority: Path | None = None, read_seconds: float = 1.0) -> AnthropicConfig:
    return AnthropicConfig(
        api_key="sk-ant-of-the-tests",
        base_url=url,
        allow_loopback=True,
        authority=authority,
        connect_seconds=1.0,
        read_seconds=read_seconds,
    )


def json_answer(payload: object, status: int = 200, **headers: str) -> Answer:
    return Answer(status=status, headers=dict(headers), pieces=(json.dumps(payload).encode(),))


def events(*payloads: Mapping[str, object]) -> tuple[bytes, ...]:
    return tuple(f"event: {one['type']}\ndata: {json.dumps(one)}\n\n".encode() for one in payloads)


START: dict[str, object] = {
    "type": "message_start",
    "message": {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-haiku-5-5",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 12, "output_tokens": 1, "cache_read_input_tokens": 300},
    },
}
TEXT: tuple[dict[str, object], ...] = (
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Tuesday"}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": " works."}},
    {"type": "content_block_stop", "index": 0},
)
END: tuple[dict[str, object], ...] = (
    {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 5}},
    {"type": "message_stop"},
)


def stream(*pieces: bytes, behaviour: str = "close") -> Answer:
    headers = {"Content-Type": "text/event-stream; charset=utf-8", "request-id": "req_1"}
    return Answer(headers=headers, pieces=pieces, behaviour=behaviour)


_MESSAGE = {
    "sid": "SM1",
    "status": "queued",
    "body": "Bob comes at nine.",
    "date_created": "Mon, 23 Nov 2026 12:00:00 +0000",
    "error_code": None,
}


_RECEIVED = {**_MESSAGE, "direction": "inbound", "from": CLIENT, "to": BUSINESS}


class _Who(TypedDict):
    ref: str
    initiator: str


_WHO: _Who = {"ref": "M-41", "initiator": "U-2"}

SAMPLES = [
    Sample(
        "twilio send_text",
        lambda url, ledger, authority: send_text(
            twilio(url, authority),
            to=CLIENT,
            sender=BUSINESS,
            body="Bob comes at nine.",
            status_callback="https://app.example.com/hooks/twilio/sms-status?attempt=a1",
            valid_seconds=3600,
            ledger=ledger,
            **_WHO,
        ),
        json_answer(_MESSAGE, 201),
        sends=True,
    ),
    Sample(
        "twilio find_texts",
        lambda url, ledger, authority: find_texts(
            twilio(url, authority), to=CLIENT, sender=BUSINESS, since=LONG_AGO, ledger=ledger, **_WHO
        ),
        json_answer({"messages": [_MESSAGE]}),
    ),
    Sample(
        "twilio received_texts",
        lambda url, ledger, authority: received_texts(
            twilio(url, authority), since=LONG_AGO, ledger=ledger, **_WHO
        ),
        json_answer({"messages": [_RECEIVED]}),
    ),
    Sample(
        "twilio available_numbers",
        lambda url, ledger, authority: available_numbers(
            twilio(url, authority), area_code=228, region="MS", ledger=ledger, **_WHO
        ),
        json_answer({"available_phone_numbers": []}),
    ),
    Sample(
        "twilio buy_number",
        lambda url, ledger, authority: buy_number(
            twilio(url, authority),
            number=BUSINESS,
            sms_url="https://app.example.com/hooks/twilio/sms",
            voice_url="https://app.example.com/hooks/twilio/voice",
            ledger=ledger,
            **_WHO,
        ),
        json_answer({"sid": "PN1", "phone_number": BUSINESS, "sms_url": "https://app.example.com/"}, 201),
        sends=True,
    ),
    Sample(
        "twilio own_numbers",
        lambda url, ledger, authority: own_numbers(
            twilio(url, authority), number=BUSINESS, ledger=ledger, **_WHO
        ),
        json_answer({"incoming_phone_numbers": []}),
    ),
    Sample(
        "mailgun send_mail",
        lambda url, ledger, authority: send_mail(
            mailgun(url, authority),
            to="Ana Álvarez <ana@example.net>",
            sender="Reyes Plumbing <office@mg.example.com>",
            subject="Your visit, tomorrow ☀",
            text="Bob comes at nine.\r\nAlles gut: äöü",
            html="<p>Bob comes at nine.</p>",
            message_id="a1@mg.example.com",
            reply_to="reply+t7@mg.example.com",
            variables={"attempt": "a1", "business": "7"},
            headers={"In-Reply-To": "<m0@example.net>", "References": "<m0@example.net>"},
            ledger=ledger,
            **_WHO,
        ),
        json_answer({"id": "<a1@mg.example.com>", "message": "Queued. Thank you."}),
        sends=True,
    ),
    Sample(
        "mailgun find_mail",
        lambda url, ledger, authority: find_mail(
            mailgun(url, authority),
            "a1@mg.example.com",
            since=LONG_AGO + timedelta(minutes=1),
            ledger=ledger,
            **_WHO,
        ),
        json_answer({"items": [], "paging": {}}),
    ),
    Sample(
        "anthropic stream_message",
        lambda url, ledger, authority: stream_message(
            anthropic(url, authority),
            model="claude-haiku-5-5",
            system=[
                {"type": "text", "text": "You answer for a plumber.", "cache_control": {"type": "ephemeral"}}
            ],
            messages=[{"role": "user", "content": "Is Tuesday free? Ä"}],
            tools=[
                {
                    "name": "find_slots",
                    "description": "Free slots of a day",
                    "input_schema": {"type": "object", "properties": {}},
                }
            ],
            max_tokens=512,
            options={"tool_choice": {"type": "auto"}, "metadata": {"user_id": "4f1c"}},
            ledger=ledger,
            **_WHO,
        ),
        stream(*events(START, *TEXT, *END)),
    ),
    Sample(
        "anthropic list_models",
        lambda url, ledger, authority: list_models(anthropic(url, authority), ledger=ledger, **_WHO),
        json_answer({"data": [], "has_more": False, "first_id": None, "last_id": None}),
    ),
    *(
        Sample(f"stripe {name}", maker(call), json_answer(answer), sends=sends)
        for name, call, answer, sends in CALLS
    ),
]
SENDS = [sample for sample in SAMPLES if sample.sends]
ONE_OF_EACH = [SAMPLES[0], SAMPLES[5], SAMPLES[7]]

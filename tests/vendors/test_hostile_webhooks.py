"""Whatever comes to a webhook's door ends as a record or as Invalid, and never as an accident."""

from __future__ import annotations

import contextlib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from opsystem.kit.errors import Invalid
from opsystem.vendors.mailgun import parse_event, parse_inbound_mail, verify_webhook, webhook_signature
from opsystem.vendors.mailgun.events import read_event
from opsystem.vendors.twilio import parse_inbound_text, parse_text_status
from opsystem.vendors.twilio import verify_webhook as verify_twilio
from tests.vendors.test_twilio import PRODUCTION, URL

_TWILIO_NAMES = ["MessageSid", "From", "To", "Body", "NumMedia", "MediaUrl0", "MessageStatus", "ErrorCode"]
_MAIL_NAMES = [
    "from",
    "sender",
    "recipient",
    "subject",
    "Message-Id",
    "References",
    "In-Reply-To",
    "attachments",
    "attachment-count",
    "Auto-Submitted",
    "timestamp",
    "token",
    "signature",
]
_EVENT_NAMES = ["id", "event", "timestamp", "message", "headers", "message-id", "delivery-status", "severity"]
_numbers = st.integers(min_value=0).map(str) | st.integers(4300, 5000).map(lambda n: "9" * n)
# Written out: the table of all characters takes a machine in its first run many seconds.
_text = st.text("aZ09 +-=.<>@,;:\"'()[]{}\\/\r\n\t\x00\x7féäß²٣漢\u202e\u2028😀", max_size=30)
_words = _text | _numbers | st.sampled_from(["[]", "[{}]", "{", "<a@b>", "a@b", "Bob <a@b>,"])
twilio_forms = st.dictionaries(st.sampled_from(_TWILIO_NAMES), _words)
mail_forms = st.dictionaries(st.sampled_from(_MAIL_NAMES), _words)
_leaves = st.none() | st.booleans() | st.integers() | st.floats() | _words
json_values = st.recursive(
    _leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_EVENT_NAMES), inner),
    max_leaves=12,
)


@settings(deadline=None)
@given(twilio_forms)
def test_any_form_at_twilios_door(form: dict[str, str]) -> None:
    for parse in (parse_inbound_text, parse_text_status):
        with contextlib.suppress(Invalid):
            assert parse(form).vendor_id == form["MessageSid"]


@settings(deadline=None)
@given(twilio_forms, _text)
def test_no_guessed_signature_is_believed(form: dict[str, str], signature: str) -> None:
    assert not verify_twilio(PRODUCTION, URL, form, signature)
    assert not verify_webhook("key", form.get("From", ""), form.get("To", ""), signature)


@settings(deadline=None)
@given(mail_forms)
def test_any_form_at_mailguns_door(form: dict[str, str]) -> None:
    with contextlib.suppress(Invalid):
        assert parse_inbound_mail(form).recipient == form["recipient"]
    with contextlib.suppress(Invalid):
        assert webhook_signature(form).token == form["token"]


@settings(deadline=None)
@given(json_values)
def test_any_json_at_mailguns_door(value: Any) -> None:
    with contextlib.suppress(Invalid):
        assert read_event(value).at.tzinfo is not None
    for payload in ({"event-data": value}, {"signature": value}):
        for parse in (parse_event, webhook_signature):
            with contextlib.suppress(Invalid):
                parse(payload)

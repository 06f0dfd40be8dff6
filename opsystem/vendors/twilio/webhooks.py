"""What Twilio tells us: the proof that it is Twilio, and the fields that we use.

Signature: https://www.twilio.com/docs/usage/webhooks/webhooks-security. It has no time in it, so a
repetition is seen only by the record's `key`; the caller stores keys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from twilio.request_validator import RequestValidator

from opsystem.kit.errors import Invalid
from opsystem.vendors.accounts import TwilioConfig
from opsystem.vendors.twilio.records import InboundText, Media, TextStatus

_MOST_MEDIA = 10  # a message has ten at most
_COUNT = re.compile(r"[0-9]{1,3}")


def verify_webhook(config: TwilioConfig, url: str, params: Mapping[str, str], signature: str) -> bool:
    """Say whether Twilio signed this form for this account. `url` is the public address, query included."""
    if not signature or params.get("AccountSid", config.account_sid) != config.account_sid:
        return False
    validator = RequestValidator(config.auth_token)  # type: ignore[no-untyped-call]
    return bool(validator.validate(url, params, signature))  # type: ignore[no-untyped-call]


def parse_inbound_text(params: Mapping[str, str]) -> InboundText:
    """Read the form of an incoming text. Raises Invalid when a needed field is missing."""
    count = params.get("NumMedia", "")
    media = tuple(
        Media(url=params[f"MediaUrl{n}"], content_type=params.get(f"MediaContentType{n}", ""))
        for n in range(min(int(count), _MOST_MEDIA) if _COUNT.fullmatch(count) else 0)
        if f"MediaUrl{n}" in params
    )
    return InboundText(
        vendor_id=_needed(params, "MessageSid"),
        sender=_needed(params, "From"),
        recipient=_needed(params, "To"),
        body=params.get("Body", ""),
        media=media,
        opt_out=params.get("OptOutType", ""),
    )


def parse_text_status(params: Mapping[str, str]) -> TextStatus:
    """Read the form of a status callback. Raises Invalid when a needed field is missing."""
    return TextStatus(
        vendor_id=_needed(params, "MessageSid"),
        status=_needed(params, "MessageStatus"),
        sender=params.get("From", ""),
        recipient=params.get("To", ""),
        error_code=params.get("ErrorCode", ""),
    )


def _needed(params: Mapping[str, str], name: str) -> str:
    value = params.get(name, "")
    if not value:
        words = "The callback has not the form that Twilio sends."
        raise Invalid(words, code="bad_webhook", fields={name: "Missing."})
    return value

"""The gateway to Twilio: texts, phone numbers, and what Twilio tells us by webhook."""

from opsystem.vendors.accounts import TwilioConfig
from opsystem.vendors.twilio.numbers import available_numbers, buy_number, own_numbers
from opsystem.vendors.twilio.received import received_texts
from opsystem.vendors.twilio.records import (
    Accepted,
    AvailableNumber,
    Found,
    InboundText,
    Media,
    OwnNumber,
    TextStatus,
)
from opsystem.vendors.twilio.texts import find_texts, send_text
from opsystem.vendors.twilio.webhooks import parse_inbound_text, parse_text_status, verify_webhook

__all__ = [
    "Accepted",
    "AvailableNumber",
    "Found",
    "InboundText",
    "Media",
    "OwnNumber",
    "TextStatus",
    "TwilioConfig",
    "available_numbers",
    "buy_number",
    "find_texts",
    "own_numbers",
    "parse_inbound_text",
    "parse_text_status",
    "received_texts",
    "send_text",
    "verify_webhook",
]

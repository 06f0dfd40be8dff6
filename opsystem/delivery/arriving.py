"""How a text that came in is stored, whether Twilio told of it or was asked: under one key, so once."""

from __future__ import annotations

from typing import Any

from opsystem.vendors.twilio import InboundText


def text_event(text: InboundText) -> dict[str, Any]:
    """Return what `store_event` takes of a text."""
    return {
        "vendor": "twilio",
        "key": text.key,
        "event": "text",
        "payload": {
            "vendor_key": text.vendor_id,
            "sender": text.sender,
            "to": text.recipient,
            "body": text.body,
            "opt_out": text.opt_out or None,
        },
    }

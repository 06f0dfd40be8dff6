"""Texts that came in, asked for: Twilio tells of each once and does not repeat it when nobody answers.

https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
"""

from __future__ import annotations

from datetime import datetime

from opsystem.vendors.accounts import TwilioConfig
from opsystem.vendors.disclosures import Call, Category, Ledger, Passage
from opsystem.vendors.twilio.client import VENDOR, calling, told
from opsystem.vendors.twilio.records import InboundText

RECEIVED_TEXTS = Call(
    VENDOR,
    "received_texts",
    "look for texts that came in unheard",
    {
        "DateSent>": Category.TECHNICAL,
        "PageSize": Category.TECHNICAL,
        "Page": Category.TECHNICAL,
        "PageToken": Category.TECHNICAL,
    },
)
_PAGE = 1000  # Twilio's most
_INBOUND = "inbound"


def received_texts(
    config: TwilioConfig, *, since: datetime, ledger: Ledger, ref: str, initiator: str
) -> list[InboundText]:
    """Return the texts that reached any number of the account at or after `since` (aware), newest first."""
    passage = Passage(RECEIVED_TEXTS, ledger, ref, initiator)
    with calling(config, passage) as client:
        return [
            InboundText(
                vendor_id=told(one.sid), sender=told(one.from_), recipient=told(one.to), body=one.body or ""
            )
            for one in client.messages.stream(date_sent_after=since, page_size=_PAGE)
            if told(one.direction) == _INBOUND
        ]

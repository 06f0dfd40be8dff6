"""Texts: send one, and ask which ones Twilio has (to settle a send whose answer was lost).

https://www.twilio.com/docs/messaging/api/message-resource. Twilio knows no idempotency key: a send whose
certainty is unknown is never repeated before `find_texts` was asked.
"""

from __future__ import annotations

from datetime import UTC, datetime

from twilio.base import values

from opsystem.kit.errors import Invalid
from opsystem.vendors.accounts import TwilioConfig
from opsystem.vendors.disclosures import Call, Category, Ledger, Passage
from opsystem.vendors.twilio.client import VENDOR, calling, told
from opsystem.vendors.twilio.records import Accepted, Found

SEND_TEXT = Call(
    VENDOR,
    "send_text",
    "send a text",
    {
        "To": Category.PHONE_NUMBERS,
        "From": Category.PHONE_NUMBERS,
        "Body": Category.MESSAGE_CONTENT,
        "StatusCallback": Category.TECHNICAL,
        "ValidityPeriod": Category.TECHNICAL,
    },
)
FIND_TEXTS = Call(
    VENDOR,
    "find_texts",
    "check whether a text went out",
    {"To": Category.PHONE_NUMBERS, "From": Category.PHONE_NUMBERS, "PageSize": Category.TECHNICAL},
)
LONGEST_BODY = 1600  # characters; Twilio refuses more
_NEWEST = 50  # of one pair of numbers: far more than one sends between an intent and its settling


def send_text(
    config: TwilioConfig,
    *,
    to: str,
    sender: str,
    body: str,
    status_callback: str,
    ledger: Ledger,
    ref: str,
    initiator: str,
    valid_seconds: int | None = None,
) -> Accepted:
    """Send one text. `to` and `sender` are E.164; `status_callback` is our own https address.

    `valid_seconds` (1 to 36,000): Twilio drops the text when it has not left its queue by then.
    Raises Invalid before anything is sent, GatewayError after; its certainty says whether to ask first.
    """
    if not body.strip() or len(body) > LONGEST_BODY:
        words = f"A text has 1 to {LONGEST_BODY:,} characters."
        raise Invalid(words, code="bad_text", fields={"body": words})
    passage = Passage(SEND_TEXT, ledger, ref, initiator)
    with calling(config, passage) as client:
        message = client.messages.create(
            to=_e164(to),
            from_=_e164(sender),
            body=body,
            status_callback=status_callback,
            validity_period=values.unset if valid_seconds is None else valid_seconds,
        )
        return Accepted(vendor_id=told(message.sid), status=told(message.status))


def find_texts(
    config: TwilioConfig, *, to: str, sender: str, since: datetime, ledger: Ledger, ref: str, initiator: str
) -> list[Found]:
    """Return the texts from `sender` to `to` that Twilio took at or after `since` (aware), newest first.

    Twilio's own date filter looks at the date of sending, which a queued text has not yet; so the newest
    of the pair are read and filtered here.
    """
    passage = Passage(FIND_TEXTS, ledger, ref, initiator)
    with calling(config, passage) as client:
        page = client.messages.page(to=_e164(to), from_=_e164(sender), page_size=_NEWEST)
        found = [
            Found(
                vendor_id=told(one.sid),
                body=one.body or "",
                status=told(one.status),
                date=_taken_at(one.date_created),
                error_code="" if one.error_code is None else str(one.error_code),
            )
            for one in page
        ]
    return [one for one in found if one.date >= since]


def _taken_at(moment: datetime | None) -> datetime:
    """Return Twilio's date as aware UTC; a text without one counts as new, so that it is never overlooked."""
    if moment is None:
        return datetime.max.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _e164(number: str) -> str:
    if not (number.startswith("+") and number[1:].isdecimal() and number.isascii()):
        raise Invalid("This is not a phone number in international form.", code="bad_phone")
    return number

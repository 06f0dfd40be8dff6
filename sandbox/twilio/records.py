"""Twilio's JSON for texts, numbers and pages of them."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from sandbox.store import Row
from sandbox.twilio.phones import error_message, place_of
from sandbox.twilio.segments import segments

VERSION = "2010-04-01"
_CENTS_A_SEGMENT = 0.0079


def new_sid(prefix: str) -> str:
    """A made-up SID: two letters and 32 hexadecimal digits."""
    return prefix + secrets.token_hex(16)


def rfc_date(at: float | None) -> str | None:
    """A time as Twilio writes it (RFC 2822, UTC)."""
    return None if at is None else format_datetime(datetime.fromtimestamp(at, UTC))


def text_record(account: str, text: Row) -> dict[str, Any]:
    """A Message resource."""
    uri = f"/{VERSION}/Accounts/{account}/Messages/{text['sid']}"
    charged = text["sent"] is not None
    count = segments(text["body"])
    return {
        "account_sid": account,
        "api_version": VERSION,
        "body": text["body"],
        "date_created": rfc_date(text["created"]),
        "date_sent": rfc_date(text["sent"]),
        "date_updated": rfc_date(text["updated"]),
        "direction": text["direction"],
        "error_code": text["error_code"],
        "error_message": error_message(text["error_code"]),
        "from": text["sender"],
        "messaging_service_sid": None,
        "num_media": str(len(json.loads(text["media"]))),
        "num_segments": str(count),
        "price": f"-{count * _CENTS_A_SEGMENT:.5f}" if charged else None,
        "price_unit": "USD",
        "sid": text["sid"],
        "status": text["status"],
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": text["recipient"],
        "uri": f"{uri}.json",
    }


def number_record(account: str, number: Row) -> dict[str, Any]:
    """An IncomingPhoneNumber resource."""
    options = json.loads(number["options"])
    return {
        "account_sid": account,
        "address_requirements": "none",
        "address_sid": None,
        "api_version": VERSION,
        "beta": False,
        "bundle_sid": None,
        "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
        "date_created": rfc_date(number["created"]),
        "date_updated": rfc_date(number["updated"]),
        "emergency_address_sid": None,
        "emergency_address_status": "unregistered",
        "emergency_status": "Inactive",
        "friendly_name": options.get("FriendlyName") or friendly(number["phone"]),
        "identity_sid": None,
        "origin": "twilio",
        "phone_number": number["phone"],
        "sid": number["sid"],
        "sms_application_sid": None,
        "sms_fallback_method": options.get("SmsFallbackMethod", "POST"),
        "sms_fallback_url": options.get("SmsFallbackUrl", ""),
        "sms_method": options.get("SmsMethod", "POST"),
        "sms_url": options.get("SmsUrl", ""),
        "status": "in-use",
        "status_callback": options.get("StatusCallback", ""),
        "status_callback_method": options.get("StatusCallbackMethod", "POST"),
        "trunk_sid": None,
        "type": "local",
        "uri": f"/{VERSION}/Accounts/{account}/IncomingPhoneNumbers/{number['sid']}.json",
        "voice_application_sid": None,
        "voice_caller_id_lookup": False,
        "voice_fallback_method": options.get("VoiceFallbackMethod", "POST"),
        "voice_fallback_url": options.get("VoiceFallbackUrl", ""),
        "voice_method": options.get("VoiceMethod", "POST"),
        "voice_receive_mode": "voice",
        "voice_url": options.get("VoiceUrl", ""),
    }


def available_record(phone: str) -> dict[str, Any]:
    """A number that can be bought."""
    place = place_of(phone)
    return {
        "address_requirements": "none",
        "beta": False,
        "capabilities": {"voice": True, "sms": True, "mms": True},
        "friendly_name": friendly(phone),
        "iso_country": "US",
        "lata": None,
        "latitude": None,
        "locality": place.city if place else None,
        "longitude": None,
        "phone_number": phone,
        "postal_code": place.zip if place else None,
        "rate_center": place.city.upper() if place else None,
        "region": place.region if place else None,
    }


def friendly(phone: str) -> str:
    """A North American number as people write it."""
    return f"({phone[2:5]}) {phone[5:8]}-{phone[8:]}" if phone.startswith("+1") else phone


def page_of(
    key: str,
    path: str,
    filters: list[tuple[str, str]],
    page: int,
    size: int,
    items: list[Any],
    token: str | None,
) -> dict[str, Any]:
    """One page of a list; `token` leads to the next one, None: this is the last."""

    def uri(number: int, mark: str | None = None) -> str:
        pairs = [*filters, ("PageSize", str(size)), ("Page", str(number))]
        return path + "?" + urlencode(pairs + ([("PageToken", mark)] if mark else []))

    return {
        "end": page * size + max(len(items) - 1, 0),
        "first_page_uri": uri(0),
        "next_page_uri": uri(page + 1, token) if token else None,
        "page": page,
        "page_size": size,
        "previous_page_uri": uri(page - 1) if page else None,
        key: items,
        "start": page * size,
        "uri": uri(page),
    }

"""Phone numbers: what is one, where it is, and the magic ones.

Test numbers below +1 500 555 are the vendor's own idea (https://www.twilio.com/docs/iam/test-credentials);
the ones that fail later, on their way to the handset, are the sandbox's, made from the error code: 30003 is
+1 500 555 3003.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_E164 = re.compile(r"\+[1-9]\d{6,14}")
_NORTH_AMERICA = re.compile(r"\+1[2-9]\d{2}[2-9]\d{6}")


def is_phone(text: str) -> bool:
    """Whether a text is a number in E.164, for North America with a possible area code and exchange."""
    return bool(_E164.fullmatch(text)) and (not text.startswith("+1") or bool(_NORTH_AMERICA.fullmatch(text)))


@dataclass(frozen=True)
class Place:
    """Where an area code is."""

    area: str
    region: str
    city: str
    zip: str


PLACES = {
    place.area: place
    for place in (
        Place("845", "NY", "Hurley", "12443"), Place("518", "NY", "Albany", "12207"),
        Place("212", "NY", "New York", "10001"), Place("914", "NY", "Yonkers", "10701"),
        Place("201", "NJ", "Jersey City", "07302"), Place("203", "CT", "Stamford", "06901"),
        Place("413", "MA", "Pittsfield", "01201"), Place("802", "VT", "Burlington", "05401"),
        Place("207", "ME", "Portland", "04101"), Place("215", "PA", "Philadelphia", "19103"),
        Place("404", "GA", "Atlanta", "30303"), Place("512", "TX", "Austin", "78701"),
        Place("312", "IL", "Chicago", "60601"), Place("303", "CO", "Denver", "80202"),
        Place("503", "OR", "Portland", "97201"), Place("206", "WA", "Seattle", "98101"),
        Place("415", "CA", "San Francisco", "94105"), Place("602", "AZ", "Phoenix", "85003"),
        Place("305", "FL", "Miami", "33101"), Place("615", "TN", "Nashville", "37201"),
    )
}  # fmt: skip


def place_of(phone: str) -> Place | None:
    """The place of a North American number, if it is one of ours."""
    return PLACES.get(phone[2:5]) if phone.startswith("+1") else None


@dataclass(frozen=True)
class Magic:
    """What happens to a text to a magic number."""

    phone: str
    says: str
    code: int | None = None  # an error code
    at_once: bool = False  # refused by the API; otherwise the text fails on its way
    last: str = "undelivered"  # the state in which the text stays


MAGIC = {
    magic.phone: magic
    for magic in (
        Magic("+15005550001", "'To' is not a valid number", 21211, at_once=True),
        Magic("+15005550002", "cannot be routed", 21612, at_once=True),
        Magic("+15005550003", "no permission for the region", 21408, at_once=True),
        Magic("+15005550004", "has opted out", 21610, at_once=True),
        Magic("+15005550009", "cannot receive texts", 21614, at_once=True),
        Magic("+15005553001", "Queue overflow", 30001, last="failed"),
        Magic("+15005553003", "Unreachable destination handset", 30003),
        Magic("+15005553004", "Message blocked", 30004),
        Magic("+15005553005", "Unknown destination handset", 30005),
        Magic("+15005553006", "Landline or unreachable carrier", 30006),
        Magic("+15005553007", "Message filtered", 30007),
        Magic("+15005553008", "Unknown error", 30008),
        Magic("+15005553034", "Message from an unregistered number", 30034),
        Magic("+15005551000", "no receipt from the carrier", last="sent"),
        Magic("+15005551001", "stays in the queue", last="queued"),
    )
}


def error_message(code: int | None) -> str | None:
    """Twilio's words for a code on a message, None for none."""
    return next((magic.says for magic in MAGIC.values() if magic.code == code and code is not None), None)

"""Numbers: which ones can be rented, rent one, and which ones the account has.

https://www.twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource and
https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource. Renting twice costs money twice:
after an unknown outcome ask `own_numbers` first.
"""

from __future__ import annotations

from twilio.base import values

from opsystem.vendors.accounts import TwilioConfig
from opsystem.vendors.disclosures import Call, Category, Ledger, Passage
from opsystem.vendors.twilio.client import VENDOR, calling, told
from opsystem.vendors.twilio.records import AvailableNumber, OwnNumber

AVAILABLE_NUMBERS = Call(
    VENDOR,
    "available_numbers",
    "look for a phone number to rent",
    {
        "AreaCode": Category.TECHNICAL,
        "InRegion": Category.TECHNICAL,
        "SmsEnabled": Category.TECHNICAL,
        "VoiceEnabled": Category.TECHNICAL,
        "PageSize": Category.TECHNICAL,
    },
)
BUY_NUMBER = Call(
    VENDOR,
    "buy_number",
    "rent a phone number",
    {
        "PhoneNumber": Category.PHONE_NUMBERS,
        "SmsUrl": Category.TECHNICAL,
        "SmsMethod": Category.TECHNICAL,
        "VoiceUrl": Category.TECHNICAL,
        "VoiceMethod": Category.TECHNICAL,
    },
)
OWN_NUMBERS = Call(
    VENDOR,
    "own_numbers",
    "look at the rented phone numbers",
    {"PhoneNumber": Category.PHONE_NUMBERS, "PageSize": Category.TECHNICAL},
)
_MOST = 100


def available_numbers(
    config: TwilioConfig,
    *,
    area_code: int | None = None,
    region: str = "",
    country: str = "US",
    limit: int = 10,
    ledger: Ledger,
    ref: str,
    initiator: str,
) -> list[AvailableNumber]:
    """Return local numbers for texts and calls. `region` is a state like "MS", `country` ISO 3166 alpha-2."""
    passage = Passage(AVAILABLE_NUMBERS, ledger, ref, initiator)
    with calling(config, passage) as client:
        page = client.available_phone_numbers(country).local.page(
            area_code=values.unset if area_code is None else area_code,
            in_region=region or values.unset,
            sms_enabled=True,
            voice_enabled=True,
            page_size=limit,
        )
        return [
            AvailableNumber(
                number=told(one.phone_number),
                shown=told(one.friendly_name),
                locality=one.locality or "",
                region=one.region or "",
            )
            for one in page
        ]


def buy_number(
    config: TwilioConfig,
    *,
    number: str,
    sms_url: str,
    voice_url: str = "",
    ledger: Ledger,
    ref: str,
    initiator: str,
) -> OwnNumber:
    """Rent a number (E.164); texts to it are posted to `sms_url`, calls to `voice_url`."""
    passage = Passage(BUY_NUMBER, ledger, ref, initiator)
    with calling(config, passage) as client:
        bought = client.incoming_phone_numbers.create(
            phone_number=number,
            sms_url=sms_url,
            sms_method="POST",
            voice_url=voice_url or values.unset,
            voice_method="POST" if voice_url else values.unset,
        )
        return OwnNumber(told(bought.sid), told(bought.phone_number), bought.sms_url or "")


def own_numbers(
    config: TwilioConfig, *, number: str = "", ledger: Ledger, ref: str, initiator: str
) -> list[OwnNumber]:
    """Return the account's numbers (100 at most), or only `number` (E.164) when it is among them."""
    passage = Passage(OWN_NUMBERS, ledger, ref, initiator)
    with calling(config, passage) as client:
        page = client.incoming_phone_numbers.page(phone_number=number or values.unset, page_size=_MOST)
        return [OwnNumber(told(one.sid), told(one.phone_number), one.sms_url or "") for one in page]

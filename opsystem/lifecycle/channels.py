"""The number a business texts from: rented at Twilio once, by the worker, until it has one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from opsystem.business.profile.channels import assign_addresses
from opsystem.business.profile.models import Profile
from opsystem.control.businesses.directory import add_channel, business_numbered, channels_of
from opsystem.control.installation import installation
from opsystem.kit import clock
from opsystem.lifecycle.ledger import AccountLedger
from opsystem.operations import Actor
from opsystem.vault import Vault
from opsystem.vendors import twilio
from opsystem.vendors.errors import Certainty, GatewayError

_LOG = logging.getLogger(__name__)
_LATER = timedelta(minutes=5)
_OFFERS = 5


def run(vault: Vault, business_number: int, keep: Callable[[], bool]) -> datetime | None:
    """Give the business its number if it has none; return when to look again."""
    with vault.reading() as session:
        profile = session.get(Profile, 1)
    if profile is None or profile.sms_number is not None or not keep():
        return None
    try:
        number = _rented(business_number, profile.phone)
    except GatewayError as error:
        _LOG.warning("lifecycle.no_number", extra={"trouble": str(error.trouble)})
        return clock.now() + _LATER
    if number is None:
        return clock.now() + _LATER
    assign_addresses.perform(vault, Actor.system(), {"sms_number": number})
    return None


def _rented(business_number: int, phone: str | None) -> str | None:
    """Return the business's number, renting one when it has none; None when none is to be had.

    The webhook's address names the business: a number rented before a crash is found by it.
    """
    told, business = installation(), business_numbered(business_number)
    known = channels_of(business, "sms")
    if known:
        return known[0]
    about: dict[str, Any] = {
        "ledger": AccountLedger(),
        "ref": f"business {business_number}",
        "initiator": "system",
    }
    sms_url = f"{told.base_url}/hooks/twilio/sms/{business_number}"
    own = twilio.own_numbers(told.twilio, **about)
    number = next((one.number for one in own if one.sms_url == sms_url), None)
    number = number or _rent(told.twilio, _area_code(phone), sms_url, about)
    if number is not None:
        add_channel(business, "sms", number)
    return number


def _area_code(phone: str | None) -> int | None:
    """Return the area code of a North American number, so that the new one is of the same place."""
    return int(phone[2:5]) if phone and phone.startswith("+1") else None


def _rent(
    config: twilio.TwilioConfig, area_code: int | None, sms_url: str, about: dict[str, Any]
) -> str | None:
    """Rent a number near the business, or anywhere; others may take the offered ones first."""
    for area in dict.fromkeys((area_code, None)):
        for offer in twilio.available_numbers(config, area_code=area, limit=_OFFERS, **about):
            try:
                return twilio.buy_number(config, number=offer.number, sms_url=sms_url, **about).number
            except GatewayError as error:
                if error.certainty is not Certainty.REFUSED:
                    raise
    return None

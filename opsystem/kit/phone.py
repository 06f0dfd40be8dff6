"""Phone numbers: stored as E.164, shown the way people write them.

The rules come from Google's libphonenumber data (package `phonenumbers`).
"""

from __future__ import annotations

import re
from typing import Annotated

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat
from pydantic import BeforeValidator, Field

from opsystem.kit.errors import Invalid

HOME_REGION = "US"
_NORTH_AMERICAN = re.compile(r"\+1[2-9][0-9]{9}$", re.ASCII)
_HINT = "Give a phone number with its area code, like (228) 555-0142."


def parse_phone(text: str, region: str = HOME_REGION) -> str:
    """Return a number as E.164 (`+12285550142`). Raises Invalid with what to do."""
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException as error:
        raise Invalid(_HINT, code="bad_phone") from error
    if not phonenumbers.is_possible_number(number):
        raise Invalid(_HINT, code="bad_phone")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def show_phone(e164: str, region: str = HOME_REGION) -> str:
    """Return an E.164 number as a person of the region writes it."""
    if region == HOME_REGION and _NORTH_AMERICAN.match(e164):
        # What the library says of these, fifty times a page and much faster.
        return f"({e164[2:5]}) {e164[5:8]}-{e164[8:]}"
    try:
        number = phonenumbers.parse(e164, None)
    except NumberParseException:
        return e164
    home = number.country_code == phonenumbers.country_code_for_region(region)
    style = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def _validate(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError(_HINT)  # noqa: TRY004 - pydantic answers only ValueError at the field
    try:
        return parse_phone(value)
    except Invalid as error:
        raise ValueError(_HINT) from error


PhoneNumber = Annotated[str, BeforeValidator(_validate), Field(description="Phone number, best as E.164.")]

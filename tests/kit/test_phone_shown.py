from __future__ import annotations

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat

from opsystem.kit.phone import show_phone


@pytest.mark.parametrize("number", ["+12285550142", "+18455550100", "+19999999999", "+16015550123"])
def test_a_number_at_home_is_shown_as_the_library_shows_it(number: str) -> None:
    library = phonenumbers.format_number(phonenumbers.parse(number, None), PhoneNumberFormat.NATIONAL)
    assert show_phone(number) == library


def test_a_number_from_abroad_keeps_its_country() -> None:
    assert show_phone("+493012345678") == "+49 30 12345678"
    assert show_phone("rubbish") == "rubbish"

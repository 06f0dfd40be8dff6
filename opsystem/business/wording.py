"""What people type, as the input of operations: how long it may be, and that nothing is nothing.

Forms send an empty field as empty text. Where a value may be left out, empty text is taken as
such when something is added, and clears the value when something is edited.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from opsystem.kit.email import parse_email
from opsystem.kit.errors import Invalid
from opsystem.kit.phone import parse_phone

# Controls of writing direction can make a name read as another one, on an approval card too.
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def one_line(given: object) -> object:
    """Return what was typed on one line, without characters that only steer."""
    return " ".join(_UNSEEN.sub("", given).split()) if isinstance(given, str) else given


Name = Annotated[str, Field(min_length=1, max_length=120), BeforeValidator(one_line)]
Line = Annotated[str, Field(max_length=200), BeforeValidator(one_line)]
Words = Annotated[str, Field(max_length=10_000)]
Body = Annotated[str, Field(min_length=1, max_length=10_000)]


def _phone_or_nothing(text: str) -> str:
    try:
        return parse_phone(text) if text else ""
    except Invalid as error:
        raise ValueError(error.message) from error


def _email_or_nothing(text: str) -> str:
    try:
        return parse_email(text) if text else ""
    except Invalid as error:
        raise ValueError(error.message) from error


PhoneField = Annotated[
    str,
    Field(max_length=60, description="Phone number with area code; empty for none."),
    AfterValidator(_phone_or_nothing),
]
EmailField = Annotated[
    str,
    Field(max_length=254, description="Email address; empty for none."),
    AfterValidator(_email_or_nothing),
]

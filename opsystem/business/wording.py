"""What people type, as the input of operations: how long it may be, and that nothing is nothing.

Forms send an empty field as empty text. Where a value may be left out, empty text is taken as
such when something is added, and clears the value when something is edited.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from opsystem.kit.email import parse_email
from opsystem.kit.errors import Invalid
from opsystem.kit.phone import parse_phone

Name = Annotated[str, Field(min_length=1, max_length=120)]
Line = Annotated[str, Field(max_length=200)]
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

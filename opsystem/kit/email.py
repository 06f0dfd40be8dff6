"""Email addresses: checked for the form people really have, stored in lower case.

The check is stricter than RFC 5321, which allows quoted and bracketed addresses that no mail
service for people gives out. Whether an address exists is known only by writing to it.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from opsystem.kit.errors import Invalid

_HINT = "Give an email address like ana@example.com."
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{3,254}}\Z)(?=[^@]{{1,64}}@){_LOCAL}@(?:{_LABEL}\.)+[a-z]{_LABEL}\Z")


def parse_email(text: str) -> str:
    """Return an address in lower case. Raises Invalid with what to do."""
    address = text.strip().lower()
    if _ADDRESS.match(address) is None:
        raise Invalid(_HINT, code="bad_email")
    return address


def _validate(text: str) -> str:
    try:
        return parse_email(text)
    except Invalid as error:
        raise ValueError(_HINT) from error


EmailAddress = Annotated[str, AfterValidator(_validate), Field(description="Email address.")]

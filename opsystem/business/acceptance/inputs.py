"""What a client gives with an answer, and where it came from."""

from __future__ import annotations

import ipaddress
from typing import Annotated

from pydantic import AfterValidator, Field

from opsystem.business.wording import Line, Name

# Some 2,000 points: a signature has a few hundred.
_MOST_SIGNS = 20_000
_PATH = r"^(?:[ML]\d{1,4},\d{1,4})*$"


def _address(text: str) -> str:
    if not text:
        return ""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError as error:
        raise ValueError("This is no internet address.") from error


Signer = Annotated[Name, Field(description="The full name of whoever accepts, as they wrote it.")]
Signature = Annotated[
    str,
    Field(
        max_length=_MOST_SIGNS,
        pattern=_PATH,
        description="Strokes on a field of 1000 by 400, as an SVG path: M12,40L15,42… Empty: the typed name.",
    ),
]
TermsVersion = Annotated[
    int, Field(ge=0, description="The version of the terms the client was shown, 0 for none.")
]
Ip = Annotated[str, Field(max_length=60), AfterValidator(_address)]
Device = Annotated[Line, Field(description="What the browser says it is.")]
OptionId = Annotated[int, Field(ge=1, description="The id of the option, from the quote.")]
LineIds = Annotated[
    tuple[int, ...], Field(max_length=100, description="The ids of the optional lines that are chosen.")
]
Reason = Annotated[str, Field(max_length=2_000, description="Why, in the client's words; may be empty.")]
Wishes = Annotated[str, Field(min_length=1, max_length=5_000, description="What should be different.")]

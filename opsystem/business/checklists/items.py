"""One line of a checklist as it is given: plain words to tick, or a line that asks for more."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

_MOST_LINES, _LONGEST = 100, 200


class Asks(StrEnum):
    """What a line wants: a tick, a photo, a reading with a number, a text, or one of several choices."""

    TICK = "tick"
    PHOTO = "photo"
    READING = "reading"
    TEXT = "text"
    CHOICE = "choice"


Limit = Annotated[Decimal, Field(ge=-(10**9), le=10**9, decimal_places=3)]


Choice = Annotated[str, Field(min_length=1, max_length=80)]


class Item(BaseModel):
    """A line that may ask for more than a tick. `least` and `most` are what a reading may be, in `unit`."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    text: str
    asks: Asks = Asks.TICK
    required: bool = False
    unit: Annotated[str, Field(max_length=20)] = ""
    least: Limit | None = None
    most: Limit | None = None
    choices: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=80)], ...], Field(max_length=20)
    ] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.asks is Asks.CHOICE and len(set(self.choices)) < 2:
            raise ValueError(f"“{self.text}” needs at least two choices.")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError(f"“{self.text}” goes from a larger number to a smaller one.")
        return self

    @property
    def columns(self) -> dict[str, object]:
        """What a row of this line holds; a reading's limits in thousandths."""
        reading, choice = self.asks is Asks.READING, self.asks is Asks.CHOICE
        return {
            "text": self.text,
            "asks": self.asks.value,
            "required": self.required,
            "unit": self.unit if reading else "",
            "least_milli": _milli(self.least) if reading else None,
            "most_milli": _milli(self.most) if reading else None,
            "choices": "\n".join(dict.fromkeys(self.choices)) if choice else "",
        }


def _milli(number: Decimal | None) -> int | None:
    return int(number * 1000) if number is not None else None


def _as_item(given: object) -> object:
    return {"text": given} if isinstance(given, str) else given


def _lines(items: tuple[Item, ...]) -> tuple[Item, ...]:
    if not 1 <= len(items) <= _MOST_LINES:
        raise ValueError(f"Give between 1 and {_MOST_LINES} lines.")
    for number, item in enumerate(items, start=1):
        if not item.text:
            raise ValueError(f"Line {number} is empty.")
        if len(item.text) > _LONGEST:
            raise ValueError(f"Line {number} may have at most {_LONGEST} characters.")
    return items


# Checked as a whole, so that the answer stands at the one field people write lines into.
Items = Annotated[
    tuple[Annotated[Item, BeforeValidator(_as_item)], ...],
    AfterValidator(_lines),
    Field(description="The lines in order: words to tick, or lines that ask for a photo, a reading…"),
]

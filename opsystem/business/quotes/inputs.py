"""A quote's options and lines as the input of operations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from pydantic import AfterValidator, ConfigDict, Field

from opsystem.business.lines import QuantityMilli
from opsystem.business.prices.operations import Unit
from opsystem.business.references import PriceRef
from opsystem.business.wording import Line, Words
from opsystem.kit.money import Cents

MOST_OPTIONS, MOST_LINES = 6, 100


@dataclass(frozen=True)
class LineGiven:
    """A line: from the price list (what is not given is copied from it), or free with words and amount.

    Amounts are US cents for one unit, the quantity thousandths. `optional` leaves it to the client.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", str_strip_whitespace=True)

    price: PriceRef | None = None
    description: Line = ""
    quantity_milli: QuantityMilli = 1_000
    unit: Unit | None = None
    unit_cents: Cents | None = None
    cost_cents: Cents | None = None
    taxable: bool | None = None
    optional: bool = False


@dataclass(frozen=True)
class OptionGiven:
    """One way to have it done, with its lines. The name may be left out while there is only one."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", str_strip_whitespace=True)

    lines: Annotated[tuple[LineGiven, ...], Field(max_length=MOST_LINES)] = ()
    name: Line = ""
    description: Words = ""
    recommended: bool = False


def _in_our_time(day: date) -> date:
    if not 2000 <= day.year <= 2100:
        raise ValueError("Give a date between 2000 and 2100.")
    return day


Options = Annotated[
    tuple[OptionGiven, ...],
    Field(max_length=MOST_OPTIONS, description="The options, in order; one for a plain quote."),
]
Expiry = Annotated[
    date, AfterValidator(_in_our_time), Field(description="The last day on which it may be accepted.")
]
BaseVersion = Annotated[int, Field(ge=1, description="The version of what was edited, as it was last read.")]

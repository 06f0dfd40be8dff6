"""What a client chooses of a quote: one option, and among its optional lines."""

from __future__ import annotations

from collections.abc import Sequence

from opsystem.business.quotes.contents import lines_of, options_of
from opsystem.business.quotes.models import Quote, QuoteLine, QuoteOption
from opsystem.business.quotes.sums import counted
from opsystem.kit.errors import Invalid
from opsystem.operations import Work


def chosen(
    work: Work, quote: Quote, option: int | None, wanted: Sequence[int]
) -> tuple[QuoteOption, Sequence[QuoteLine]]:
    """Return the option chosen and the lines that count in it. Raises Invalid for what is not offered.

    Without `option` the only one there is; `wanted` are the optional lines that are taken.
    """
    options = options_of(work, quote.id)
    if option is None and len(options) > 1:
        message = "Choose one of the options."
        raise Invalid(message, code="no_option", fields={"option": message})
    number = option or options[0].id
    found = next((one for one in options if one.id == number), None)
    if found is None:
        message = "This option is not part of the quote."
        raise Invalid(message, code="other_option", fields={"option": message})
    lines = lines_of(work, quote.id)[found.id]
    if not set(wanted) <= {one.id for one in lines if one.optional}:
        message = "Choose only among what this option leaves to you."
        raise Invalid(message, code="other_lines", fields={"lines": message})
    return found, counted(lines, wanted)

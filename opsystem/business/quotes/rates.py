"""Which taxes a quote is shown with: those kept on it once it is sent, before that those of the place."""

from __future__ import annotations

from opsystem.business.lines import Rate
from opsystem.business.quotes.models import Quote
from opsystem.business.quotes.sums import rates_from
from opsystem.operations import Work


def rates_of(work: Work, quote: Quote) -> tuple[Rate, ...]:  # noqa: ARG001
    """Return the taxes of a quote."""
    return rates_from(quote.rates)

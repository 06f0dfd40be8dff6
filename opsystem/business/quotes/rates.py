"""Which taxes a quote is shown with: those kept on it once it is sent, before that those of the place."""

from __future__ import annotations

from opsystem.business.clients.models import Client, Property
from opsystem.business.lines import Rate
from opsystem.business.profile.queries import today
from opsystem.business.quotes.models import Quote
from opsystem.business.quotes.sums import rates_from
from opsystem.business.taxes.applying import taxes_for
from opsystem.operations import Work


def rates_of(work: Work, quote: Quote) -> tuple[Rate, ...]:
    """Return the taxes of a quote; none for a client who is exempt at the place."""
    if quote.sent_at is not None:
        return rates_from(quote.rates)
    client = work.get(Client, quote.client_id, "client")
    place = work.session.get(Property, quote.property_id) if quote.property_id is not None else None
    return taxes_for(work, client, place, today(work)).rates

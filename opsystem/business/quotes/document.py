"""What the client is shown, as one canonical text, so that its hash says what was agreed to."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from opsystem.business.clients.models import Client, Property
from opsystem.business.profile.queries import profile_row
from opsystem.business.quotes.contents import lines_of, options_of
from opsystem.business.quotes.models import Quote, QuoteLine
from opsystem.business.quotes.sums import counted, rates_from, told
from opsystem.operations import Work

FORMAT = "quote 1"


def document_of(work: Work, quote: Quote) -> dict[str, Any]:
    """Return everything the client is shown of a quote: cents, thousandths, ISO days."""
    client, lines = work.get(Client, quote.client_id, "client"), lines_of(work, quote.id)
    place = work.session.get(Property, quote.property_id) if quote.property_id is not None else None
    rates = rates_from(quote.rates)
    return {
        "format": FORMAT,
        "currency": "USD",
        "business": profile_row(work.session).name,
        "quote": quote.ref,
        "revision": quote.revision,
        "client": client.name,
        "place": place.address if place is not None else "",
        "title": quote.title,
        "message": quote.message,
        "expires_on": quote.expires_on.isoformat() if quote.expires_on else None,
        "terms_version": quote.terms_version,
        "terms": quote.terms,
        "discount": {"cents": quote.discount_cents, "milli_percent": quote.discount_milli_percent},
        "deposit": {"cents": quote.deposit_cents, "milli_percent": quote.deposit_milli_percent},
        "rates": [{"name": rate.name, "milli_percent": rate.milli_percent} for rate in rates],
        "options": [
            {
                "id": option.id,
                "name": option.name,
                "description": option.description,
                "recommended": option.recommended,
                "lines": [_line(line) for line in lines[option.id]],
                "total_cents": told(quote, counted(lines[option.id], ()), rates, sees_cost=False).total_cents,
            }
            for option in options_of(work, quote.id)
        ],
    }


def canonical(document: dict[str, Any]) -> str:
    """Return a document as the one text there is for it."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(text: str) -> str:
    """Return the SHA-256 of a text, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _line(line: QuoteLine) -> dict[str, Any]:
    names = ("id", "description", "quantity_milli", "unit", "unit_cents", "taxable", "optional")
    return {name: getattr(line, name) for name in names}

"""What a client has chosen of a quote so far. It travels in address and form: nothing is kept of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from opsystem.business.acceptance.client_side import price_own_choice
from opsystem.business.acceptance.records import AcceptanceRecord, Choice
from opsystem.business.quotes.records import QuoteRecord
from opsystem.kit.errors import Invalid
from opsystem.web.hub.door import ClientDoor

_MOST_DIGITS = 15


@dataclass(frozen=True)
class Chosen:
    """The option and the optional lines that are ticked. `is_given`: something was chosen at all."""

    option: int | None
    lines: tuple[int, ...]
    is_given: bool

    @classmethod
    def of(cls, sent: QueryDict, quote: QuoteRecord) -> Chosen:
        """Read a choice. Ticks under an option that was not chosen are left out: they belong to the other."""
        standing = [one for one in quote.options if not one.archived]
        option = _number(sent.get("option", ""))
        if option is None and len(standing) == 1:
            option = standing[0].id
        ticked = {_number(one) for one in sent.getlist("line")}
        own = {line.id for one in standing if one.id == option for line in one.lines if line.optional}
        return cls(option, tuple(sorted(own & ticked)), "option" in sent or "line" in sent)

    @classmethod
    def accepted(cls, agreed: AcceptanceRecord) -> Chosen:
        """Return what was chosen when a quote was accepted."""
        return cls(agreed.option, tuple(agreed.lines), is_given=True)


def price(door: ClientDoor, quote: QuoteRecord, chosen: Chosen) -> Choice | None:
    """Return what a choice comes to; None for one that is not offered."""
    try:
        return door.ask(price_own_choice, quote=quote.ref, option=chosen.option, optional_lines=chosen.lines)
    except Invalid:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() and 0 < len(text) <= _MOST_DIGITS else None

"""Views of quotes: the list and one quote."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.acceptance.queries import list_open_lines, show_acceptance
from opsystem.business.quotes.queries import list_quotes, quote_ageing, show_quote
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page


@business_page(Permission.MONEY_READ)
def show_list(door: Door) -> HttpResponse:
    """Show the quotes, searched and filtered as the address says, and how long they wait."""
    get = door.request.GET
    given: dict[str, Any] = {name: get[name] for name in ("state", "text", "client", "job") if get.get(name)}
    found = door.ask(list_quotes, page=door.page_number, **given)
    context = {
        "quotes": found,
        "ageing": [one for one in door.ask(quote_ageing) if one.count],
        "given": {"state": "open", "text": "", **given},
    }
    return door.page("quotes/list.html", context)


@business_page(Permission.MONEY_READ)
def show(door: Door, quote: int) -> HttpResponse:
    """Show a quote: its options side by side, what happened to it, and what can be done next."""
    ref = make_ref("quote", quote)
    row = door.ask(show_quote, quote=ref)
    context = {
        "quote": row,
        "acceptance": door.ask(show_acceptance, quote=ref),
        "open_lines": [one for one in door.ask(list_open_lines, quote=ref) if one.open_milli],
        "old_prices": any(line.is_old_price for option in row.options for line in option.lines),
    }
    return door.page("quotes/show.html", context)

"""The first page of a client: what waits for him, what comes next, and where everything else is."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.hub.files import my_files
from opsystem.business.hub.invoices import my_invoices
from opsystem.business.hub.messages import my_messages
from opsystem.business.hub.quotes import my_quotes
from opsystem.business.hub.visits import my_visits
from opsystem.kit.refs import parse_ref
from opsystem.web.hub.door import ClientDoor, client_page

_PAGES = {"visit": "visit", "quote": "quote", "invoice": "invoice"}


@client_page("GET")
def show(door: ClientDoor) -> HttpResponse:
    """Show the first page; a link to one record leads there."""
    if door.seat.about is not None and (door.seat.only or "all" not in door.request.GET):
        kind, number = parse_ref(door.seat.about)
        if kind in _PAGES:
            return door.go(_PAGES[kind], number)
    visits = [one for one in door.ask(my_visits) if one.state in {"planned", "started"}]
    quotes, written = door.ask(my_quotes), door.ask(my_messages)
    return door.page(
        "hub/home.html",
        {
            "visits": visits,
            "quotes": quotes,
            "invoices": door.ask(my_invoices),
            "waiting": [one for one in quotes if one.open],
            "files": len(door.ask(my_files)),
            "last": written[-1] if written else None,
        },
    )

"""From the reference of a record to its page."""

from __future__ import annotations

from opsystem.kit.errors import Invalid
from opsystem.kit.refs import parse_ref
from opsystem.operations import Permission
from opsystem.web.door import Door

_PAGES = {
    "invoice": "invoices:show",
    "job": "jobs:show",
    "quote": "quotes:show",
    "client": "clients:show",
    "payment": "payments:show",
    "entry": "money:entry",
    "time": "time:correct",
}


def leads(door: Door, reference: str) -> str:
    """Return the address of a record's page; nothing for what has none of its own."""
    try:
        kind, number = parse_ref(reference)
    except Invalid:
        # A payout or a banking has no paper: the books only.
        return ""
    if kind == "expense" and door.actor.may(Permission.EXPENSES_WRITE):
        return door.url("expenses:show", number)
    return door.url(_PAGES[kind], number) if kind in _PAGES else ""

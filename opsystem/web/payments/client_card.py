"""How a client stands, for the card on its page: absent for who may not see money."""

from __future__ import annotations

from typing import Any

from opsystem.business.collecting.operations import saved_methods
from opsystem.business.invoices.queries import list_invoices
from opsystem.business.payments.queries import client_balance
from opsystem.operations import Permission
from opsystem.web.door import Door

_FEW = 5


def money_of(door: Door, client: str) -> dict[str, Any] | None:
    """Return balance, newest invoices and kept ways to pay of a client; None without permission."""
    if not door.actor.may(Permission.MONEY_READ):
        return None
    invoices = door.ask(list_invoices, client=client)
    return {
        "balance": door.ask(client_balance, client=client),
        "invoices": invoices.rows[:_FEW],
        "total": invoices.total,
        "ways": len(door.ask(saved_methods, client=client)),
    }

"""A client's invoice: what is owed and what was paid."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.hub.invoices import OWED, my_invoice
from opsystem.business.hub.paying import my_payments
from opsystem.kit.refs import make_ref
from opsystem.web.hub.door import ClientDoor, client_page
from opsystem.web.hub.quotes import is_covered


@client_page("GET")
def show(door: ClientDoor, invoice: int) -> HttpResponse:
    """Show an invoice."""
    ref = make_ref("invoice", invoice)
    told = door.ask(my_invoice, invoice=ref)
    if is_covered(door, told.issued_at):
        return door.go("prove")
    context = {"told": told, "owed": told.row.state in OWED, "paid": door.ask(my_payments, invoice=ref)}
    return door.page("hub/invoice.html", context)

"""A client's papers as PDF, by the same link as the pages."""

from __future__ import annotations

from urllib.parse import quote as quoted

from django.http import HttpResponse

from opsystem.business.hub.invoices import my_invoice
from opsystem.business.hub.papers import my_invoice_paper, my_quote_paper, my_receipt
from opsystem.business.hub.paying import my_payments
from opsystem.business.printing.finishing import PaperFile
from opsystem.kit.errors import NotFound
from opsystem.kit.refs import make_ref
from opsystem.web.hub.door import ClientDoor, client_page
from opsystem.web.hub.quotes import is_covered, read_quote


@client_page("GET")
def quote(door: ClientDoor, quote: int) -> HttpResponse:
    """Give a quote."""
    told, first = read_quote(door, quote)
    return first or _pdf(door.ask(my_quote_paper, quote=told.ref))


@client_page("GET")
def invoice(door: ClientDoor, invoice: int) -> HttpResponse:
    """Give an invoice."""
    ref = make_ref("invoice", invoice)
    if is_covered(door, door.ask(my_invoice, invoice=ref).issued_at):
        return door.go("prove")
    return _pdf(door.ask(my_invoice_paper, invoice=ref))


@client_page("GET")
def receipt(door: ClientDoor, invoice: int, payment: int) -> HttpResponse:
    """Give the receipt of a payment that paid an invoice."""
    ref = make_ref("invoice", invoice)
    if is_covered(door, door.ask(my_invoice, invoice=ref).issued_at):
        return door.go("prove")
    if payment not in {one.payment for one in door.ask(my_payments, invoice=ref).rows}:
        raise NotFound("There is no such receipt.", code="no_receipt")
    return _pdf(door.ask(my_receipt, payment=make_ref("payment", payment)))


@client_page("GET")
def deposit_receipt(door: ClientDoor, quote: int, payment: int) -> HttpResponse:
    """Give the receipt of a deposit that was paid for a quote."""
    told, first = read_quote(door, quote)
    if first is not None:
        return first
    return _pdf(door.ask(my_receipt, payment=make_ref("payment", payment), deposit_for=told.ref))


def _pdf(paper: PaperFile) -> HttpResponse:
    response = HttpResponse(paper.content, content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quoted(paper.name)}"
    return response

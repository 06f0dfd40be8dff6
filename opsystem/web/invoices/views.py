"""Looking at invoices: the list with its ages, one invoice, and what is ready to be invoiced."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.billing.operations import invoice_jobs
from opsystem.business.billing.queries import list_jobs_to_invoice, receivables_ageing
from opsystem.business.invoices.queries import list_drafts, list_invoices, show_invoice
from opsystem.business.payments.queries import client_balance
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page


@business_page(Permission.MONEY_READ)
def show_list(door: Door) -> HttpResponse:
    """Show invoices by state, searched as the address says, with what is owed by age."""
    get = door.request.GET
    given: dict[str, Any] = {name: get[name] for name in ("which", "text") if get.get(name)}
    context = {
        "invoices": door.ask(list_invoices, page=door.page_number, **{"which": "unpaid", **given}),
        "given": {"which": "unpaid", "text": "", **given},
        "ageing": door.ask(receivables_ageing),
        "drafts": door.ask(list_drafts),
        "ready": door.ask(list_jobs_to_invoice),
    }
    return door.page("invoices/list.html", context)


@business_page(Permission.MONEY_READ)
def show(door: Door, invoice: int) -> HttpResponse:
    """Show one invoice with everything that was paid, credited or written off."""
    page = door.ask(show_invoice, invoice=make_ref("invoice", invoice))
    balance = door.ask(client_balance, client=page.row.client)
    return door.page("invoices/show.html", {"page": page, "balance": balance})


@business_page(Permission.INVOICES_WRITE, "GET", "POST")
def batch(door: Door) -> HttpResponse:
    """Invoice finished jobs in one run; what could not be is shown with its reason."""
    told = []
    if door.is_post:
        jobs = tuple(make_ref("job", int(one)) for one in door.request.POST.getlist("job") if one.isdecimal())
        if jobs:
            told = door.perform(invoice_jobs, jobs=jobs).value
    return door.page("invoices/batch.html", {"ready": door.ask(list_jobs_to_invoice), "told": told})

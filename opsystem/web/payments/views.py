"""Looking at payments: the list by client and days, and one with where its money went."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse

from opsystem.business.collecting.operations import stripe_details
from opsystem.business.payments.queries import list_payments, show_payment
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page


@business_page(Permission.MONEY_READ)
def show_list(door: Door) -> HttpResponse:
    """Show payments, newest first, of one client or between two days as the address says."""
    get = door.request.GET
    given: dict[str, Any] = {name: get[name] for name in ("since", "until") if _is_day(get.get(name, ""))}
    if get.get("client", "").isdecimal():
        given["client"] = make_ref("client", int(get["client"]))
    payments = door.ask(list_payments, page=door.page_number, **given)
    context = {
        "payments": payments,
        "given": {name: get.get(name, "") for name in ("client", "since", "until")},
    }
    return door.page("payments/list.html", context)


@business_page(Permission.MONEY_READ)
def show(door: Door, payment: int) -> HttpResponse:
    """Show a payment: what it paid, what was given back, and what Stripe knows of it."""
    ref = make_ref("payment", payment)
    page, stripe = door.ask(show_payment, payment=ref), door.ask(stripe_details, payment=ref)
    return door.page("payments/show.html", {"page": page, "stripe": stripe})


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

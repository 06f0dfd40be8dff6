"""Money a client brings: for what he owes, for one invoice, or ahead as a deposit."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict

from opsystem.business.invoices.queries import list_invoices
from opsystem.business.overview.queries import show_client
from opsystem.business.payments.operations import record_payment
from opsystem.business.payments.queries import client_balance
from opsystem.business.payments.records import Method
from opsystem.business.quotes.queries import list_quotes
from opsystem.kit.errors import Problem
from opsystem.kit.money import show_cents
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.invoices.typed import amount, shown_amount

METHODS = [(one.value, one.value.capitalize()) for one in Method]
_OLDEST = "oldest"
Choices = list[tuple[str, str]]


@business_page(Permission.PAYMENTS_WRITE, "GET", "POST")
def add(door: Door, client: int) -> HttpResponse:
    """Record what a client paid: on what is owed, or as a deposit for a job or quote."""
    ref = make_ref("client", client)
    page = door.ask(show_client, client=ref)
    balance = door.ask(client_balance, client=ref)
    owed = max(balance.owed_cents, 0)
    asked = door.request.GET.get("for", "")
    form = FormState(
        {
            "cents": shown_amount(owed) if owed and not asked else "",
            "method": "check",
            "for": asked or _OLDEST,
        }
    )
    if door.is_post:
        sent = door.request.POST
        try:
            done = door.perform(record_payment, client=ref, **_given(sent))
            door.tell(done.value.outcome)
            return door.go("payments:show", done.value.id)
        except Problem as problem:
            form = FormState.of(sent, problem)
    context = {
        "client": page.client, "form": form, "balance": balance, "methods": METHODS,
        "choices": _choices(door, ref, page),
    }  # fmt: skip
    return door.page("payments/add.html", context)


def _choices(door: Door, ref: str, page: Any) -> Choices:
    """Return what the money can be for: what is owed, each open invoice, each open job and quote."""
    found: Choices = [(_OLDEST, "What is owed, the longest due first")]
    for one in door.ask(list_invoices, client=ref, which="unpaid").rows:
        found.append((one.ref, f"{one.ref} {one.title}, {show_cents(one.due_cents)} due"))
    found += [(one.job.ref, f"Deposit for {one.job.ref} {one.job.title}") for one in page.open_jobs]
    quotes = [
        one
        for state in ("accepted", "waiting")
        for one in door.ask(list_quotes, client=ref, state=state).rows
    ]
    found += [(one.ref, f"Deposit for {one.ref} {one.title}") for one in quotes]
    return found


def _given(sent: QueryDict) -> dict[str, Any]:
    given: dict[str, Any] = {
        name: sent[name] for name in ("received_on", "reference") if sent.get(name, "").strip()
    }
    given |= {"cents": amount(sent, "cents"), "method": sent.get("method", "")}
    about = sent.get("for", _OLDEST)
    if about.startswith("I-"):
        given["invoices"] = (about,)
    elif about != _OLDEST:
        given["deposit_for"] = about
    return given

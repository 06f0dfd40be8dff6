"""What is done to an invoice from its page: paid, sent, credited, voided, written off, reminded of."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.billing.operations import remind_invoices, send_invoice
from opsystem.business.billing.queries import show_invoice_letter
from opsystem.business.invoices.operations import credit_invoice, void_invoice, write_off_invoice
from opsystem.business.invoices.queries import list_invoices, show_invoice
from opsystem.business.invoices.records import InvoicePage
from opsystem.business.payments.operations import record_payment, use_credit
from opsystem.business.payments.records import Method
from opsystem.kit.errors import Conflict, Problem
from opsystem.kit.money import show_cents
from opsystem.kit.refs import make_ref
from opsystem.operations import Operation, Permission
from opsystem.web.door import Door, Outcome, business_page
from opsystem.web.forms import FormState
from opsystem.web.invoices.typed import amount, shown_amount

_WAYS = {"email": "Email", "sms": "Text"}


@business_page(Permission.PAYMENTS_WRITE, "GET", "POST")
def pay(door: Door, invoice: int) -> HttpResponse:
    """Record a payment: the amount owed stands there already, so it takes one more tap."""
    page = _page(door, invoice)
    form = FormState({"cents": shown_amount(page.row.due_cents), "method": "check"})
    if door.is_post:
        sent = door.request.POST
        try:
            given = {name: sent[name] for name in ("received_on", "reference") if sent.get(name, "").strip()}
            done = door.perform(
                record_payment, client=page.row.client, invoices=(page.row.ref,), cents=amount(sent, "cents"),
                method=sent.get("method", ""), **given,
            )  # fmt: skip
            door.tell(done.value.outcome)
            return door.go("invoices:show", invoice)
        except Problem as problem:
            form = FormState.of(sent, problem)
    methods = [(one.value, one.value.capitalize()) for one in Method]
    return door.page("invoices/pay.html", {"page": page, "form": form, "methods": methods})


@business_page(Permission.MESSAGES_SEND, "GET", "POST")
def send(door: Door, invoice: int) -> HttpResponse:
    """Send an invoice by text or email, in words that stand there already."""
    page = _page(door, invoice)
    letter = door.ask(show_invoice_letter, invoice=page.row.ref)
    form = FormState(
        {
            "channel": next(iter(letter.channels), "email"), "subject": letter.subject, "body": letter.body,
        }
    )  # fmt: skip
    if door.is_post:
        try:
            outcome = door.submit(send_invoice, "channel", "subject", "body", invoice=page.row.ref)
        except Conflict as problem:
            outcome = Outcome(None, FormState.of(door.request.POST, problem))
        if outcome.done:
            door.tell(f"Sending {page.row.ref}", done=outcome.done)
            return door.go("invoices:show", invoice)
        form = outcome.form
    channels = [(one, _WAYS[one]) for one in letter.channels]
    return door.page("invoices/send.html", {"page": page, "form": form, "channels": channels})


@business_page(Permission.INVOICES_WRITE, "GET", "POST")
def credit(door: Door, invoice: int) -> HttpResponse:
    """Credit part or all of an invoice."""
    return _with_reason(door, invoice, credit_invoice, "Credit invoice", asks_amount=True)


@business_page(Permission.INVOICES_WRITE, "GET", "POST")
def void(door: Door, invoice: int) -> HttpResponse:
    """Void an invoice."""
    return _with_reason(door, invoice, void_invoice, "Void invoice")


@business_page(Permission.BOOKS_WRITE, "GET", "POST")
def write_off(door: Door, invoice: int) -> HttpResponse:
    """Write off what is owed on an invoice."""
    return _with_reason(door, invoice, write_off_invoice, "Write off invoice")


@business_page(Permission.PAYMENTS_WRITE, "POST")
def use(door: Door, invoice: int) -> HttpResponse:
    """Pay an invoice from the client's credit and deposits."""
    done = door.perform(use_credit, invoice=make_ref("invoice", invoice))
    door.tell(f"Used {show_cents(done.value.cents)} of the client's credit")
    return door.go("invoices:show", invoice)


@business_page(Permission.MESSAGES_SEND, "POST")
def remind_all(door: Door) -> HttpResponse:
    """Remind of every overdue invoice."""
    late = door.ask(list_invoices, which="overdue").rows
    if late:
        told = door.perform(remind_invoices, invoices=tuple(one.ref for one in late)).value
        problems = [f"{one.ref}: {why}" for one, why in zip(late, told, strict=True) if why]
        door.tell(" ".join([f"Reminded of {len(told) - len(problems)} invoices.", *problems[:3]]))
    return door.go("invoices:list")


def _page(door: Door, invoice: int) -> InvoicePage:
    return door.ask(show_invoice, invoice=make_ref("invoice", invoice))


def _with_reason(
    door: Door, invoice: int, act: Operation[Any], label: str, *, asks_amount: bool = False
) -> HttpResponse:
    page = _page(door, invoice)
    form = FormState({"cents": shown_amount(page.row.total_cents)} if asks_amount else {})
    if door.is_post:
        sent = door.request.POST
        try:
            given = {"cents": amount(sent, "cents")} if asks_amount else {}
            value = door.perform(act, invoice=page.row.ref, reason=sent.get("reason", ""), **given).value
            door.tell(" ".join([f"{label}: done.", *_kept(page, value)]))
            return door.go("invoices:show", invoice)
        except Problem as problem:
            form = FormState.of(sent, problem)
    context = {"page": page, "form": form, "label": label, "asks_amount": asks_amount}
    return door.page("invoices/reason.html", context)


def _kept(page: InvoicePage, value: object) -> list[str]:
    """Return in words what became of money that had been paid on an invoice."""
    credit = getattr(value, "credit_cents", 0)
    if not credit:
        return []
    return [f"{show_cents(credit)} had been paid and is kept as credit of {page.row.client_name}."]

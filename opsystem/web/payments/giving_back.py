"""Money given back, and payments that turned out to be none."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.collecting.operations import refund_at_stripe, stripe_details
from opsystem.business.payments.operations import refund_payment, void_payment
from opsystem.business.payments.queries import show_payment
from opsystem.kit.errors import Problem
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState
from opsystem.web.invoices.typed import amount, shown_amount


@business_page(Permission.REFUND, "GET", "POST")
def refund(door: Door, payment: int) -> HttpResponse:
    """Give money back: at Stripe when it came from there, else by hand, which is recorded here."""
    ref = make_ref("payment", payment)
    page, stripe = door.ask(show_payment, payment=ref), door.ask(stripe_details, payment=ref)
    left = stripe.refundable_cents if stripe else page.row.cents - page.row.refunded_cents
    form = FormState({"cents": shown_amount(left)})
    if door.is_post:
        sent = door.request.POST
        try:
            cents, reason = amount(sent, "cents"), sent.get("reason", "")
            if stripe:
                door.perform(refund_at_stripe, payment=ref, cents=cents, reason=reason)
                door.tell("Stripe gives it back; the books follow in a moment")
            else:
                door.tell(door.perform(refund_payment, payment=ref, cents=cents, reason=reason).value.outcome)
            return door.go("payments:show", payment)
        except Problem as problem:
            form = FormState.of(sent, problem)
    return door.page("payments/refund.html", {"page": page, "stripe": stripe, "form": form, "left": left})


@business_page(Permission.PAYMENTS_WRITE, "GET", "POST")
def void(door: Door, payment: int) -> HttpResponse:
    """Take back a payment that was none: a bounced check, a slip."""
    ref = make_ref("payment", payment)
    form = FormState()
    if door.is_post:
        outcome = door.submit(void_payment, "reason", payment=ref)
        if outcome.done:
            door.tell(outcome.done.value.outcome or "Taken back")
            return door.go("payments:show", payment)
        form = outcome.form
    return door.page("payments/void.html", {"page": door.ask(show_payment, payment=ref), "form": form})

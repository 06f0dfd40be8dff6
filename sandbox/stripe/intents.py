"""Payments without a page: a saved method charged while its owner is away (`off_session`)."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.call import Call
from sandbox.stripe.accounts import check_can_charge
from sandbox.stripe.expanding import expanded
from sandbox.stripe.lists import listed
from sandbox.stripe.manners import invalid
from sandbox.stripe.params import Params
from sandbox.stripe.paying import new_intent, pay
from sandbox.stripe.things import account_of, find


def create(call: Call) -> Response:
    """A payment, confirmed at once. A declined card is an answer of 402 that stays."""
    world, account = call.world, account_of(call)
    check_can_charge(world, account)
    params = Params.of(call.form)
    amount = params.cents("amount")
    params.needed("currency", among=("usd",))
    customer = find(world, account, "customer", params.needed("customer"), "customer")
    method = find(world, account, "payment_method", params.needed("payment_method"), "payment_method")
    if not (params.truth("confirm") and params.truth("off_session")):
        raise invalid("The sandbox knows payments that are confirmed off session only.", "confirm")
    if method["customer"] != customer["id"]:
        raise invalid("The PaymentMethod does not belong to the Customer.", "payment_method")
    automatic = params.part("automatic_payment_methods")
    automatic.truth("enabled")
    automatic.text("allow_redirects", among=("always", "never"))
    automatic.done()
    intent = new_intent(
        world, account, amount=amount, customer=customer["id"], metadata=params.metadata(),
        description=params.text("description"),
    )  # fmt: skip
    params.done()
    decline = pay(world, intent, method, again=True)
    if decline:
        error = {
            "type": "card_error", "code": "card_declined", "decline_code": decline,
            "message": "Your card was declined.", "charge": intent["latest_charge"], "payment_intent": intent,
        }  # fmt: skip
        return JSONResponse({"error": error}, 402)
    return JSONResponse(intent)


def retrieve(call: Call) -> Response:
    """One payment as it is now."""
    params = Params.of(call.query)
    intent = find(call.world, account_of(call), "payment_intent", call.path["id"], "intent")
    shown = expanded(call.world, intent, params)
    params.done()
    return JSONResponse(shown)


def list_all(call: Call) -> Response:
    """Payments, the newest first."""
    return listed(call, "payment_intent", Params.of(call.query), "/v1/payment_intents")


def list_lines(call: Call) -> Response:
    """Lines of the account's balance, the newest first."""
    params = Params.of(call.query)
    params.text("type")
    return listed(call, "balance_transaction", params, "/v1/balance_transactions")

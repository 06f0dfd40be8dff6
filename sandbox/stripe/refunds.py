"""Refunds, by the product or by the owner at Stripe itself; and disputes, which a client's bank begins."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.call import Call
from sandbox.stripe.balance import book
from sandbox.stripe.events import tell
from sandbox.stripe.lists import listed
from sandbox.stripe.manners import invalid
from sandbox.stripe.params import Params
from sandbox.stripe.things import Thing, account_of, find, keep, new_id, save
from sandbox.world import World

_REASONS = ("duplicate", "fraudulent", "requested_by_customer")


def create(call: Call) -> Response:
    """Give money back, a part or what is left."""
    params = Params.of(call.form)
    name = params.needed("payment_intent")
    amount = params.cents("amount", least=1) if "amount" in call.form else None
    reason = params.text("reason", among=_REASONS)
    metadata = params.metadata()
    params.done()
    return JSONResponse(give_back(call.world, account_of(call), name, amount, reason, metadata))


def give_back(
    world: World, account: str, name: str, amount: int | None, reason: str | None, metadata: dict[str, str]
) -> Thing:
    """Make a refund, or refuse it as Stripe does."""
    intent = find(world, account, "payment_intent", name, "payment_intent")
    if intent["status"] != "succeeded":
        raise invalid(
            f"This PaymentIntent ({name}) does not have a successful charge to refund.", "payment_intent"
        )
    charge = find(world, account, "charge", intent["latest_charge"])
    left = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise invalid(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if charge["disputed"]:
        raise invalid(f"Charge {charge['id']} has been charged back; cannot issue a refund.",
                      code="charge_disputed")  # fmt: skip
    wanted = left if amount is None else amount
    if wanted > left:
        words = f"Refund amount (${wanted / 100:.2f}) is greater than unrefunded amount on charge"
        raise invalid(f"{words} (${left / 100:.2f})", "amount")
    refund: Thing = {
        "id": new_id("re"), "object": "refund", "amount": wanted, "charge": charge["id"],
        "created": int(world.now()), "currency": "usd", "metadata": metadata, "payment_intent": name,
        "reason": reason, "status": "succeeded",
    }  # fmt: skip
    refund["balance_transaction"] = book(world, account, "refund", refund["id"], -wanted, 0)["id"]
    keep(world, account, refund, name)
    charge["amount_refunded"] += wanted
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    save(world, charge)
    tell(world, account, "refund.created", refund)
    tell(world, account, "charge.refunded", charge, {"amount_refunded": charge["amount_refunded"] - wanted})
    return refund


def list_all(call: Call) -> Response:
    """Refunds, of one payment or of all."""
    params = Params.of(call.query)
    return listed(call, "refund", params, "/v1/refunds", subject=params.text("payment_intent"))

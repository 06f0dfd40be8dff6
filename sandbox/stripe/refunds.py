"""Refunds, by the product or by the owner at Stripe itself; and disputes, which a client's bank begins."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.call import Call
from sandbox.stripe.events import tell
from sandbox.stripe.manners import invalid
from sandbox.stripe.params import Params
from sandbox.stripe.paying import book
from sandbox.stripe.things import Thing, account_of, find, keep, listed, new_id, save
from sandbox.world import World

_REASONS = ("duplicate", "fraudulent", "requested_by_customer")
_DISPUTE_FEE = 1500
_DAYS_TO_ANSWER = 9 * 86_400


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


def list_disputes(call: Call) -> Response:
    """Disputes, of one payment or of all."""
    params = Params.of(call.query)
    return listed(call, "dispute", params, "/v1/disputes", subject=params.text("payment_intent"))


def dispute(world: World, account: str, name: str) -> Thing:
    """A client's bank takes a payment back, and Stripe asks for evidence."""
    intent = find(world, account, "payment_intent", name)
    charge = find(world, account, "charge", intent["latest_charge"])
    if charge["disputed"] or not charge["paid"]:
        raise invalid("Only a payment that went well can be disputed, and once.")
    amount = charge["amount"] - charge["amount_refunded"]
    due = int(world.now()) + _DAYS_TO_ANSWER
    thing: Thing = {
        "id": new_id("du"), "object": "dispute", "amount": amount, "balance_transactions": [],
        "charge": charge["id"], "created": int(world.now()), "currency": "usd", "evidence": {},
        "evidence_details": {"due_by": due, "has_evidence": False, "past_due": False, "submission_count": 0},
        "is_charge_refundable": False, "livemode": False, "metadata": {}, "payment_intent": name,
        "reason": "product_not_received", "status": "needs_response",
    }  # fmt: skip
    thing["balance_transactions"] = [book(world, account, "adjustment", thing["id"], -amount, _DISPUTE_FEE)]
    keep(world, account, thing, name)
    charge["disputed"] = True
    save(world, charge)
    tell(world, account, "charge.dispute.created", thing)
    return thing


def close_dispute(world: World, account: str, name: str, *, won: bool) -> None:
    """The bank has decided."""
    thing = find(world, account, "dispute", name)
    if thing["status"] in ("won", "lost"):
        return
    thing["status"] = "won" if won else "lost"
    if won:
        line = book(world, account, "adjustment", name, thing["amount"], -_DISPUTE_FEE)
        thing["balance_transactions"].append(line)
    save(world, thing)
    tell(world, account, "charge.dispute.closed", thing)

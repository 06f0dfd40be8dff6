"""Disputes: a client's bank takes a payment back, and decides later."""

from __future__ import annotations

from starlette.responses import Response

from sandbox.call import Call
from sandbox.stripe.balance import book
from sandbox.stripe.events import tell
from sandbox.stripe.lists import listed
from sandbox.stripe.manners import invalid
from sandbox.stripe.params import Params
from sandbox.stripe.things import Thing, find, keep, new_id, save
from sandbox.world import World

_DISPUTE_FEE = 1500


_DAYS_TO_ANSWER = 9 * 86_400


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

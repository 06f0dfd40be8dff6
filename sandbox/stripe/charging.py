"""Charges: what a payment took from a card or an account, and the fee Stripe keeps of it."""

from __future__ import annotations

from sandbox.stripe.balance import book
from sandbox.stripe.events import tell
from sandbox.stripe.things import Thing, keep, new_id, save
from sandbox.world import World


def charge_of(world: World, account: str, intent: Thing, method: Thing, status: str) -> Thing:
    """Make the charge of a payment in a first state."""
    kind = method["type"]
    charge: Thing = {
        "id": new_id("py" if kind == "us_bank_account" else "ch"), "object": "charge",
        "amount": intent["amount"], "amount_captured": intent["amount"] if status == "succeeded" else 0,
        "amount_refunded": 0, "balance_transaction": None,
        "billing_details": method["billing_details"], "captured": status != "failed",
        "created": int(world.now()), "currency": "usd", "customer": intent["customer"], "disputed": False,
        "failure_code": None, "livemode": False, "metadata": intent["metadata"],
        "paid": status == "succeeded", "payment_intent": intent["id"], "payment_method": method["id"],
        "payment_method_details": {"type": kind, kind: method[kind]}, "refunded": False, "status": status,
    }  # fmt: skip
    intent |= {"latest_charge": charge["id"], "payment_method": method["id"]}
    return keep(world, account, charge, intent["id"])


def succeed(world: World, account: str, intent: Thing, charge: Thing) -> None:
    """The money has come: book it, less the fee, and tell."""
    kind = charge["payment_method_details"]["type"]
    amount = charge["amount"]
    # https://stripe.com/pricing: 2.9 % and 30 cents for cards; 0.8 %, five dollars at most, for debits.
    fee = min(round(amount * 0.008), 500) if kind == "us_bank_account" else round(amount * 0.029) + 30
    charge |= {"status": "succeeded", "paid": True, "amount_captured": amount}
    charge["balance_transaction"] = book(world, account, "charge", charge["id"], amount, fee)["id"]
    intent |= {"status": "succeeded", "amount_received": amount, "last_payment_error": None}
    save(world, charge)
    save(world, intent)
    tell(world, account, "charge.succeeded", charge)
    tell(world, account, "payment_intent.succeeded", intent)

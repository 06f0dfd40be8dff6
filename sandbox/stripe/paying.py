"""What becomes of a payment: cards that are taken or not, bank debits that settle or fail days later.

The numbers are Stripe's own test numbers (https://docs.stripe.com/testing). Stripe's fee is taken from the
balance with the payment.
"""

from __future__ import annotations

from sandbox.stripe.cards import CARDS
from sandbox.stripe.charging import charge_of, succeed
from sandbox.stripe.debits import begin_debit
from sandbox.stripe.events import tell
from sandbox.stripe.things import Thing, keep, new_id, owner_of, save
from sandbox.world import World


def new_intent(world: World, account: str, **known: object) -> Thing:
    """A payment that nobody has paid yet."""
    intent: Thing = {
        "id": new_id("pi"), "object": "payment_intent", "amount_capturable": 0, "amount_received": 0,
        "capture_method": "automatic", "confirmation_method": "automatic", "created": int(world.now()),
        "currency": "usd", "customer": None, "description": None, "last_payment_error": None,
        "latest_charge": None, "livemode": False, "metadata": {}, "payment_method": None,
        "payment_method_types": ["card", "us_bank_account"], "status": "requires_payment_method",
    } | known  # fmt: skip
    return keep(world, account, intent, intent["id"])


def pay(world: World, intent: Thing, method: Thing, *, again: bool = False) -> str:
    """Take the money for a payment; "" or the decline code. A bank debit only begins here."""
    account = owner_of(world, intent["id"])
    if method["type"] == "us_bank_account":
        begin_debit(world, account, intent, method)
        return ""
    card = CARDS[method["sandbox_number"]]
    decline = card.decline or (card.later if again else "")
    if decline:
        _decline(world, account, intent, method, decline)
        return decline
    charge = charge_of(world, account, intent, method, "succeeded")
    succeed(world, account, intent, charge)
    return ""


def _decline(world: World, account: str, intent: Thing, method: Thing, code: str) -> None:
    charge = charge_of(world, account, intent, method, "failed")
    charge["failure_code"] = "card_declined"
    intent |= {
        "status": "requires_payment_method",
        "payment_method": None,
        "last_payment_error": {"type": "card_error", "code": "card_declined", "decline_code": code,
                               "message": "Your card was declined."},
    }  # fmt: skip
    save(world, charge)
    save(world, intent)
    tell(world, account, "charge.failed", charge)
    tell(world, account, "payment_intent.payment_failed", intent)

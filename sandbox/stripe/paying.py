"""What becomes of a payment: cards that are taken or not, bank debits that settle or fail days later.

The numbers are Stripe's own test numbers (https://docs.stripe.com/testing). Stripe's fee is taken from the
balance with the payment.
"""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.stripe.events import tell
from sandbox.stripe.things import Thing, find, keep, new_id, owner_of, save
from sandbox.world import World

SETTLE, FAIL = "stripe.settle", "stripe.fail"


@dataclass(frozen=True)
class TestCard:
    """A test number and what it does."""

    number: str
    says: str
    brand: str = "visa"
    decline: str = ""  # decline code, "" where it is taken
    later: str = ""  # decline code of charges after it was saved


CARDS = {
    card.number: card
    for card in (
        TestCard("4242424242424242", "is taken"),
        TestCard("5555555555554444", "is taken", "mastercard"),
        TestCard("378282246310005", "is taken", "amex"),
        TestCard("4000000000000002", "is declined", decline="generic_decline"),
        TestCard("4000000000009995", "has not enough money", decline="insufficient_funds"),
        TestCard("4000000000000069", "has expired", decline="expired_card"),
        TestCard("4000000000000341", "can be saved, later charges fail", later="generic_decline"),
    )
}


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
        _begin_debit(world, account, intent, method)
        return ""
    card = CARDS[method["sandbox_number"]]
    decline = card.decline or (card.later if again else "")
    if decline:
        _decline(world, account, intent, method, decline)
        return decline
    charge = _charge(world, account, intent, method, "succeeded")
    _succeed(world, account, intent, charge)
    return ""


def _charge(world: World, account: str, intent: Thing, method: Thing, status: str) -> Thing:
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


def _succeed(world: World, account: str, intent: Thing, charge: Thing) -> None:
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


def _decline(world: World, account: str, intent: Thing, method: Thing, code: str) -> None:
    charge = _charge(world, account, intent, method, "failed")
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


def _begin_debit(world: World, account: str, intent: Thing, method: Thing) -> None:
    charge = _charge(world, account, intent, method, "pending")
    intent["status"] = "processing"
    save(world, intent)
    tell(world, account, "charge.pending", charge)
    tell(world, account, "payment_intent.processing", intent)
    kind = FAIL if method["sandbox_number"].endswith("6664") else SETTLE
    world.errands.later(kind, intent["id"], {}, 10 * world.settings.pace)


def end_debit(world: World, name: str, *, well: bool) -> None:
    """A bank debit has settled or come back."""
    account = owner_of(world, name)
    intent = find(world, account, "payment_intent", name)
    if intent["status"] != "processing":
        return
    charge = find(world, account, "charge", intent["latest_charge"])
    if well:
        _succeed(world, account, intent, charge)
    else:
        charge |= {"status": "failed", "failure_code": "insufficient_funds"}
        error = {"type": "invalid_request_error", "code": "payment_intent_payment_attempt_failed",
                 "message": "The customer's bank account has not enough money."}  # fmt: skip
        intent |= {"status": "requires_payment_method", "last_payment_error": error}
        save(world, charge)
        save(world, intent)
        tell(world, account, "charge.failed", charge)
        tell(world, account, "payment_intent.payment_failed", intent)
    after_debit(world, account, name, well=well)


def after_debit(world: World, account: str, intent: str, *, well: bool) -> None:
    """Tell of the Checkout session a debit belonged to."""
    row = world.store.one(
        "SELECT id FROM stripe_objects WHERE account = ? AND kind = 'checkout.session' AND about = ?",
        account, intent,
    )  # fmt: skip
    if row is not None:
        session = find(world, account, "checkout.session", row["id"])
        if well:
            session["payment_status"] = "paid"
            save(world, session)
        ending = "succeeded" if well else "failed"
        tell(world, account, f"checkout.session.async_payment_{ending}", session)


def book(world: World, account: str, kind: str, source: str, amount: int, fee: int) -> Thing:
    """A line of the account's balance."""
    now = int(world.now())
    line: Thing = {
        "id": new_id("txn"), "object": "balance_transaction", "amount": amount, "available_on": now,
        "created": now, "currency": "usd", "description": None, "exchange_rate": None, "fee": fee,
        "fee_details": [{"amount": fee, "application": None, "currency": "usd", "description": "Stripe fee",
                         "type": "stripe_fee"}] if fee else [],
        "net": amount - fee, "reporting_category": kind, "source": source, "status": "available",
        "type": kind,
    }  # fmt: skip
    return keep(world, account, line, source)

"""Bank debits: begun at once, settled or sent back days later."""

from __future__ import annotations

from sandbox.stripe.charging import charge_of, succeed
from sandbox.stripe.events import tell
from sandbox.stripe.things import Thing, find, owner_of, save
from sandbox.world import World

SETTLE = "stripe.settle"


FAIL = "stripe.fail"


def begin_debit(world: World, account: str, intent: Thing, method: Thing) -> None:
    """Ask a bank for the money of a payment; it answers days later."""
    charge = charge_of(world, account, intent, method, "pending")
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
        succeed(world, account, intent, charge)
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

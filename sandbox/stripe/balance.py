"""The balance of a connected account: a line for each payment, refund and dispute, with what Stripe keeps."""

from __future__ import annotations

from sandbox.stripe.things import Thing, keep, new_id
from sandbox.world import World


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

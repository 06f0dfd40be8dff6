"""What people do at Stripe itself: an owner in the dashboard, a client's bank. For the page and for tests."""

from __future__ import annotations

import json
from typing import Any

from sandbox.arrival import CannotArriveError
from sandbox.call import RefusalError
from sandbox.stripe.debits import end_debit
from sandbox.stripe.disputes import close_dispute, dispute
from sandbox.stripe.events import deliver
from sandbox.stripe.refunds import give_back
from sandbox.stripe.things import about, find, owner_of
from sandbox.world import World

ACTS = ("refund", "dispute", "win", "lose", "settle", "fail", "resend")


def payments(world: World) -> list[dict[str, Any]]:
    """Every payment, the newest first, with what has become of it."""
    rows = world.store.all(
        "SELECT account, body FROM stripe_objects WHERE kind = 'payment_intent' ORDER BY seq DESC LIMIT 200"
    )
    return [_payment(world, row["account"], json.loads(row["body"])) for row in rows]


def _payment(world: World, account: str, intent: dict[str, Any]) -> dict[str, Any]:
    refunds = about(world, account, "refund", intent["id"])
    disputes = about(world, account, "dispute", intent["id"])
    return {
        "id": intent["id"],
        "account": account,
        "cents": intent["amount"],
        "status": intent["status"],
        "description": intent["description"] or "",
        "refunded": sum(one["amount"] for one in refunds),
        "dispute": disputes[0]["status"] if disputes else "",
        "at": intent["created"],
    }


def act(world: World, intent: str, what: str, cents: int | None = None) -> None:
    """Do one of ACTS to a payment. Raises CannotArriveError with why it cannot be done."""
    try:
        with world.store.writing():
            _act(world, owner_of(world, intent), intent, what, cents)
    except LookupError:
        raise CannotArriveError("There is no such payment.") from None
    except RefusalError as refusal:
        raise CannotArriveError(refusal.message) from None


def _act(world: World, account: str, intent: str, what: str, cents: int | None) -> None:
    if what == "refund":
        give_back(world, account, intent, cents, "requested_by_customer", {})
    elif what == "dispute":
        dispute(world, account, intent)
    elif what in ("win", "lose"):
        for one in about(world, account, "dispute", intent):
            close_dispute(world, account, one["id"], won=what == "win")
    elif what in ("settle", "fail"):
        end_debit(world, intent, well=what == "settle")
    elif what == "resend":
        for event in about(world, account, "event", intent) or [find(world, account, "event", intent)]:
            deliver(world, event)
    else:
        raise CannotArriveError(f"Nobody can {what} a payment.")

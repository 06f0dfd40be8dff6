"""Events: kept for the list, and told to the product's address, signed, at least once and in no order.

https://docs.stripe.com/webhooks. Events of connected accounts carry `account`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.call import Call
from sandbox.errands import Outgoing
from sandbox.store import Row
from sandbox.stripe.lists import listed
from sandbox.stripe.manners import VERSION
from sandbox.stripe.params import Params
from sandbox.stripe.things import Thing, account_of, find, keep, new_id
from sandbox.world import World

_PAUSES = (1, 5, 30, 60, 120, 240)  # in `retry_pace`; Stripe's own grow over three days


def tell(world: World, account: str, kind: str, thing: Thing, previous: dict[str, Any] | None = None) -> None:
    """Make an event of what has just happened to a thing."""
    event: Thing = {
        "id": new_id("evt"),
        "object": "event",
        "api_version": VERSION,
        "created": int(world.now()),
        "data": {"object": thing} | ({"previous_attributes": previous} if previous is not None else {}),
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    } | ({"account": account} if account else {})
    keep(world, account, event, str(thing["id"]))
    deliver(world, event)


def deliver(world: World, event: Thing) -> None:
    """Call the product about an event; once more for an event it has heard of already."""
    url = world.settings.stripe_events_url
    if url is None:
        return
    times, turned = world.faults.callbacks("stripe", event["type"], {"id": event["id"]})
    # What comes in no order comes each by itself, the first ones last.
    wait = 4 * world.settings.pace if turned else 0.0
    world.errands.call("stripe", event["id"], event["type"], url, {"event": event}, times=times, seconds=wait)


def retrieve(call: Call) -> Response:
    """One event."""
    Params.of(call.query).done()
    return JSONResponse(find(call.world, account_of(call), "event", call.path["id"]))


def list_all(call: Call) -> Response:
    """Events of an account, the newest first; Stripe keeps them for 30 days."""
    return listed(call, "event", Params.of(call.query), "/v1/events")


def signature(secret: str, at: int, body: bytes) -> str:
    """The header `Stripe-Signature`: HMAC-SHA256 over `{t}.{body}`."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mac}"


class StripeCaller:
    """Signs calls with the endpoint's secret."""

    def __init__(self, world: World) -> None:
        self._world = world

    def outgoing(self, callback: Row) -> Outgoing:
        """The event as JSON."""
        body = json.dumps(json.loads(callback["content"])["event"], indent=2).encode()
        stamp = signature(self._world.settings.stripe_webhook_secret, int(time.time()), body)
        headers = {
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": stamp,
        }
        return Outgoing("POST", callback["url"], headers, body)

    def answered(self, callback: Row, status: int | None) -> float | None:
        """Any 2xx ends it; anything else is tried again at growing distance."""
        if status is not None and 200 <= status < 300:
            return None
        if callback["attempts"] >= len(_PAUSES):
            return None
        return _PAUSES[callback["attempts"]] * self._world.settings.retry_pace

"""What Stripe remembers: every object as JSON under its id, in the account it belongs to."""

from __future__ import annotations

import json
import secrets
import string
from typing import Any

from sandbox.call import Call
from sandbox.stripe.manners import missing
from sandbox.world import World

Thing = dict[str, Any]
_LETTERS = string.ascii_letters + string.digits


def new_id(prefix: str, length: int = 24) -> str:
    """A made-up id."""
    return f"{prefix}_{''.join(secrets.choice(_LETTERS) for _ in range(length))}"


def account_of(call: Call) -> str:
    """The connected account of a request; "" is the platform's own."""
    return call.headers.get("stripe-account", "")


def keep(world: World, account: str, thing: Thing, about: str = "") -> Thing:
    """Remember a new object; `about` is the payment it belongs to."""
    world.store.add(
        "stripe_objects", id=thing["id"], account=account, kind=thing["object"], about=about,
        created=world.now(), body=json.dumps(thing),
    )  # fmt: skip
    return thing


def save(world: World, thing: Thing) -> Thing:
    """Remember an object as it is now."""
    world.store.run("UPDATE stripe_objects SET body = ? WHERE id = ?", json.dumps(thing), thing["id"])
    return thing


def find(world: World, account: str, kind: str, name: str, param: str = "id") -> Thing:
    """An object of an account, or Stripe's 404."""
    row = world.store.one(
        "SELECT body FROM stripe_objects WHERE id = ? AND account = ? AND kind = ?", name, account, kind
    )
    if row is None:
        raise missing(kind, name, param)
    return dict(json.loads(row["body"]))


def owner_of(world: World, name: str) -> str:
    """The account an object belongs to."""
    return str(world.store.get("SELECT account FROM stripe_objects WHERE id = ?", name)["account"])


def about(world: World, account: str, kind: str, subject: str) -> list[Thing]:
    """The objects of a kind that belong to a payment, the newest first."""
    rows = world.store.all(
        "SELECT body FROM stripe_objects WHERE account = ? AND kind = ? AND about = ? ORDER BY seq DESC",
        account, kind, subject,
    )  # fmt: skip
    return [json.loads(row["body"]) for row in rows]

"""Customers and their payment methods. A number is typed on Stripe's page, never sent through the API.

A request with a raw card number is refused, as Stripe refuses it from platforms that are not certified.
"""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.call import Call
from sandbox.stripe.cards import CARDS
from sandbox.stripe.events import tell
from sandbox.stripe.manners import invalid
from sandbox.stripe.params import Params
from sandbox.stripe.things import Thing, account_of, find, keep, new_id, save
from sandbox.world import World

_BANKS = {"000123456789": "settles", "000111116664": "fails later"}
_NOBODY = {"address": None, "email": None, "name": None, "phone": None}


def known_numbers() -> list[tuple[str, str]]:
    """What may be typed on the hosted page, and what it does."""
    return [*((card.number, card.says) for card in CARDS.values()), *_BANKS.items()]


def typed(world: World, account: str, number: str, *, wallet: bool, customer: str | None) -> Thing | None:
    """A method made of what a client typed on the hosted page; None for a number nobody knows."""
    digits = "".join(letter for letter in number if letter.isdecimal())
    thing: Thing = {
        "id": new_id("pm"), "object": "payment_method", "billing_details": dict(_NOBODY),
        "created": int(world.now()), "customer": customer, "livemode": False, "metadata": {},
        "sandbox_number": digits,
    }  # fmt: skip
    if digits in CARDS:
        details = {"brand": CARDS[digits].brand, "last4": digits[-4:], "exp_month": 12, "exp_year": 2031,
                   "funding": "credit", "wallet": {"type": "apple_pay"} if wallet else None,
                   "country": "US", "fingerprint": f"fp{digits[-6:]}"}  # fmt: skip
        thing |= {"type": "card", "card": details}
    elif digits in _BANKS:
        details = {"bank_name": "STRIPE TEST BANK", "last4": digits[-4:], "account_type": "checking",
                   "account_holder_type": "individual", "routing_number": "110000000"}  # fmt: skip
        thing |= {"type": "us_bank_account", "us_bank_account": details}
    else:
        return None
    return keep(world, account, thing, customer or "")


def attach(world: World, account: str, method: Thing, customer: str) -> None:
    """Save a method with its customer."""
    method["customer"] = customer
    save(world, method)
    world.store.run("UPDATE stripe_objects SET about = ? WHERE id = ?", customer, method["id"])
    tell(world, account, "payment_method.attached", method)


def retrieve(call: Call) -> Response:
    """One method."""
    Params.of(call.query).done()
    return JSONResponse(find(call.world, account_of(call), "payment_method", call.path["id"]))


def detach(call: Call) -> Response:
    """Forget a method: it cannot be charged any more."""
    Params.of(call.form).done()
    method = find(call.world, account_of(call), "payment_method", call.path["id"])
    if method["customer"] is None:
        raise invalid("The payment method you provided is not attached to a customer.", "payment_method")
    before = {"customer": method["customer"]}
    method["customer"] = None
    save(call.world, method)
    tell(call.world, account_of(call), "payment_method.detached", method, before)
    return JSONResponse(method)

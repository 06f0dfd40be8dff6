"""Customers of a connected account, and the methods each has."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.call import Call
from sandbox.stripe.events import tell
from sandbox.stripe.params import Params
from sandbox.stripe.things import Thing, about, account_of, find, keep, new_id


def create_customer(call: Call) -> Response:
    """A customer of a connected account."""
    params = Params.of(call.form)
    thing: Thing = {
        "id": new_id("cus", 14), "object": "customer", "created": int(call.world.now()),
        "description": params.text("description"), "email": params.text("email"), "livemode": False,
        "metadata": params.metadata(), "name": params.text("name"),
    }  # fmt: skip
    params.done()
    keep(call.world, account_of(call), thing)
    tell(call.world, account_of(call), "customer.created", thing)
    return JSONResponse(thing)


def of_customer(call: Call) -> Response:
    """The methods of a customer."""
    params = Params.of(call.query)
    params.whole("limit")
    kind = params.text("type")
    params.done()
    customer = find(call.world, account_of(call), "customer", call.path["customer"], "customer")
    found = [
        one for one in about(call.world, account_of(call), "payment_method", customer["id"])
        if one["customer"] == customer["id"] and kind in (None, one["type"])
    ]  # fmt: skip
    path = f"/v1/customers/{customer['id']}/payment_methods"
    return JSONResponse({"object": "list", "url": path, "has_more": False, "data": found})

"""Checkout sessions: a page at Stripe on which a client pays an amount, or leaves a method for later.

https://docs.stripe.com/api/checkout/sessions. A session is open until it is complete or has expired.
"""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.call import Call
from sandbox.stripe.accounts import check_can_charge
from sandbox.stripe.events import tell
from sandbox.stripe.expanding import expanded
from sandbox.stripe.lists import listed
from sandbox.stripe.manners import invalid
from sandbox.stripe.params import Params
from sandbox.stripe.things import Thing, account_of, find, keep, new_id, save
from sandbox.world import World

_SOONEST, _LATEST = 1800 - 60, 86_400 + 60


def create(call: Call) -> Response:
    """A new session with the address of its page."""
    check_can_charge(call.world, account_of(call))
    params = Params.of(call.form)
    mode = params.needed("mode", among=("payment", "setup"))
    now = int(call.world.now())
    expires = params.whole("expires_at") or now + 86_400
    if not now + _SOONEST <= expires <= now + _LATEST:
        words = "The `expires_at` timestamp must be between 30 minutes and 24 hours from creation."
        raise invalid(words, "expires_at")
    customer = params.text("customer")
    if customer:
        find(call.world, account_of(call), "customer", customer, "customer")
    thing: Thing = {
        "id": new_id("cs_test", 58), "object": "checkout.session",
        "automatic_tax": {"enabled": False, "liability": None, "status": None, "provider": None},
        "cancel_url": params.text("cancel_url"), "client_reference_id": params.text("client_reference_id"),
        "created": now, "currency": "usd", "custom_fields": [],
        "custom_text": {"after_submit": None, "shipping_address": None, "submit": None,
                        "terms_of_service_acceptance": None},
        "customer": customer, "expires_at": expires, "livemode": False, "metadata": params.metadata(),
        "mode": mode, "payment_intent": None, "payment_method_types": ["card", "us_bank_account"],
        "payment_status": "no_payment_required" if mode == "setup" else "unpaid", "setup_intent": None,
        "shipping_options": [], "status": "open", "success_url": params.needed("success_url"),
    }  # fmt: skip
    _take(params, thing)
    params.done()
    if mode == "setup" and customer is None:
        raise invalid("`customer` is needed to keep a method for later.", "customer", "parameter_missing")
    thing["url"] = f"{call.base_url}/_pay/{thing['id']}"
    keep(call.world, account_of(call), thing)
    return JSONResponse(thing)


def _take(params: Params, thing: Thing) -> None:
    """What is bought, and what is told to the payment and the method it makes."""
    if thing["mode"] == "payment":
        total = 0
        lines = params.items("line_items")
        if not lines:
            raise invalid("Missing required param: line_items.", "line_items", "parameter_missing")
        for line in lines:
            price = line.part("price_data")
            price.needed("currency", among=("usd",))
            product = price.part("product_data")
            thing["sandbox_name"] = product.needed("name")
            product.done()
            unit = price.cents("unit_amount")
            price.done()
            total += unit * (line.whole("quantity") or 0)
            line.done()
        thing |= {"amount_subtotal": total, "amount_total": total}
        data = params.part("payment_intent_data")
        thing["sandbox_intent"] = {
            "metadata": data.metadata(), "description": data.text("description"),
            "setup_future_usage": data.text("setup_future_usage", among=("off_session", "on_session")),
        }  # fmt: skip
        data.done()
    else:
        params.text("currency", among=("usd",))
        data = params.part("setup_intent_data")
        thing["sandbox_intent"] = {"metadata": data.metadata()}
        data.done()


def retrieve(call: Call) -> Response:
    """One session."""
    params = Params.of(call.query)
    session = session_now(call.world, account_of(call), call.path["id"])
    shown = expanded(call.world, session, params)
    params.done()
    return JSONResponse(shown)


def list_all(call: Call) -> Response:
    """Sessions, the newest first."""
    return listed(call, "checkout.session", Params.of(call.query), "/v1/checkout/sessions")


def expire(call: Call) -> Response:
    """End an open session, so that nobody pays on it any more."""
    Params.of(call.form).done()
    session = find(call.world, account_of(call), "checkout.session", call.path["id"])
    if session["status"] != "open":
        words = f"Only open Checkout Sessions can be expired. This one is {session['status']}."
        raise invalid(words, "session", "resource_already_expired")
    end(call.world, account_of(call), session)
    return JSONResponse(session)


def session_now(world: World, account: str, name: str) -> Thing:
    """A session as it is now: one that is over expires when somebody looks."""
    session = find(world, account, "checkout.session", name)
    if session["status"] == "open" and session["expires_at"] <= world.now():
        end(world, account, session)
    return session


def end(world: World, account: str, session: Thing) -> None:
    """A session has expired."""
    session |= {"status": "expired", "url": None}
    save(world, session)
    tell(world, account, "checkout.session.expired", session)

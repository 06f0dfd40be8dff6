"""Checkout sessions: a page at Stripe on which a client pays an amount, or leaves a method for later.

https://docs.stripe.com/api/checkout/sessions. A session is open until it is complete or has expired.
"""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.call import Call
from sandbox.stripe.accounts import check_can_charge
from sandbox.stripe.events import tell
from sandbox.stripe.expanding import expanded
from sandbox.stripe.manners import invalid
from sandbox.stripe.methods import attach, typed
from sandbox.stripe.params import Params
from sandbox.stripe.paying import new_intent, pay
from sandbox.stripe.things import Thing, account_of, find, keep, listed, new_id, save
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


def finish(world: World, account: str, name: str, number: str, *, wallet: bool = False) -> str:
    """A client has typed a number on the page and pressed the button; "" or why it was not taken."""
    session = session_now(world, account, name)
    if session["status"] != "open":
        return "This page has been used or has expired."
    method = typed(world, account, number, wallet=wallet, customer=session["customer"])
    if method is None:
        return "This is not one of the test numbers."
    told = session["sandbox_intent"]
    if session["mode"] == "setup":
        setup = {"id": new_id("seti"), "object": "setup_intent", "created": int(world.now()),
                 "customer": session["customer"], "livemode": False, "metadata": told["metadata"],
                 "payment_method": method["id"], "payment_method_types": [method["type"]],
                 "status": "succeeded", "usage": "off_session"}  # fmt: skip
        keep(world, account, setup, session["id"])
        session["setup_intent"] = setup["id"]
        attach(world, account, method, session["customer"])
        tell(world, account, "setup_intent.succeeded", setup)
    else:
        if session["payment_intent"] is None:
            intent = new_intent(
                world, account, amount=session["amount_total"], metadata=told["metadata"],
                description=told["description"], customer=session["customer"],
            )  # fmt: skip
            session["payment_intent"] = intent["id"]
            world.store.run("UPDATE stripe_objects SET about = ? WHERE id = ?", intent["id"], name)
            save(world, session)
        intent = find(world, account, "payment_intent", session["payment_intent"])
        if decline := pay(world, intent, method):
            return f"Your card was declined ({decline})."
        if session["customer"] and told["setup_future_usage"]:
            attach(world, account, method, session["customer"])
        if intent["status"] == "succeeded":
            session["payment_status"] = "paid"
    session |= {"status": "complete", "url": None}
    save(world, session)
    tell(world, account, "checkout.session.completed", session)
    return ""

"""A Checkout page is finished: a client has typed a number and pressed the button."""

from __future__ import annotations

from sandbox.stripe.checkout import session_now
from sandbox.stripe.events import tell
from sandbox.stripe.methods import attach, typed
from sandbox.stripe.paying import new_intent, pay
from sandbox.stripe.things import find, keep, new_id, save
from sandbox.world import World


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

"""Connected accounts: made by the platform, completed by their owner on Stripe's own page.

https://docs.stripe.com/connect/hosted-onboarding. An account can charge, and is paid out, only once its
owner has told what Stripe asks for.
"""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.call import Call
from sandbox.stripe.events import tell
from sandbox.stripe.manners import StripeRefusalError, invalid
from sandbox.stripe.params import Params
from sandbox.stripe.things import Thing, find, keep, new_id, save
from sandbox.world import World

_ASKED = ["business_profile.url", "external_account", "tos_acceptance.date"]


def create(call: Call) -> Response:
    """A new account, which can do nothing yet."""
    params = Params.of(call.form)
    country = params.needed("country", among=("US",))
    email = params.text("email")
    controller = params.part("controller")
    fees = controller.part("fees").text("payer", "account", among=("account", "application"))
    losses = controller.part("losses").text("payments", "stripe", among=("stripe", "application"))
    dashboard = controller.part("stripe_dashboard").text("type", "full", among=("full", "express", "none"))
    collection = controller.text("requirement_collection", "stripe", among=("stripe", "application"))
    if dashboard == "full" and (fees, losses, collection) != ("account", "stripe", "stripe"):
        raise invalid("This combination of controller properties is not supported.", "controller")
    for capability in ("card_payments", "us_bank_account_ach_payments", "transfers"):
        params.part("capabilities").part(capability).text("requested")
    thing: Thing = {
        "id": new_id("acct", 16),
        "object": "account",
        "country": country,
        "created": int(call.world.now()),
        "default_currency": "usd",
        "email": email,
        "metadata": params.metadata(),
        "controller": {"type": "application", "is_controller": True},
        "charges_enabled": False,
        "payouts_enabled": False,
        "details_submitted": False,
        "requirements": _requirements(_ASKED),
        "type": "standard",
    }
    params.done()
    keep(call.world, "", thing)
    return JSONResponse(thing)


def _requirements(due: list[str]) -> Thing:
    return {
        "alternatives": [], "current_deadline": None, "currently_due": due, "errors": [],
        "disabled_reason": "requirements.past_due" if due else None, "eventually_due": due, "past_due": due,
        "pending_verification": [],
    }  # fmt: skip


def retrieve(call: Call) -> Response:
    """One account."""
    Params.of(call.query).done()
    return JSONResponse(find(call.world, "", "account", call.path["account"], "account"))


def create_link(call: Call) -> Response:
    """A link to the page on which the owner completes an account; it serves once and not for long."""
    params = Params.of(call.form)
    account = find(call.world, "", "account", params.needed("account"), "account")
    params.needed("type", among=("account_onboarding", "account_update"))
    back, again = params.needed("return_url"), params.needed("refresh_url")
    params.done()
    token = new_id("link")
    keep(call.world, "", {"id": token, "object": "link_page", "account": account["id"], "back": back,
                          "again": again})  # fmt: skip
    now = int(call.world.now())
    return JSONResponse(
        {"object": "account_link", "created": now, "expires_at": now + 300,
         "url": f"{call.base_url}/_connect/{token}"}
    )  # fmt: skip


def complete(world: World, name: str, *, charges: bool, payouts: bool) -> None:
    """The owner has told what was asked, or a part of it."""
    account = find(world, "", "account", name)
    before = {key: account[key] for key in ("charges_enabled", "payouts_enabled", "details_submitted")}
    account |= {"details_submitted": True, "charges_enabled": charges, "payouts_enabled": payouts}
    due = [] if payouts else ["external_account"]
    account["requirements"] = _requirements(due if charges else _ASKED)
    save(world, account)
    tell(world, name, "account.updated", account, before)


def check_can_charge(world: World, name: str) -> None:
    """Refuse to charge for an account that is not complete."""
    if not name:
        raise invalid("This platform charges on connected accounts only.", "Stripe-Account")
    if not find(world, "", "account", name)["charges_enabled"]:
        words = "Your account cannot currently make live charges."
        raise StripeRefusalError(400, words, code="account_invalid")

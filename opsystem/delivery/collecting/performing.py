"""What each task asks of Stripe, and how the answer is noted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from opsystem.business.collecting.keeping import Errand
from opsystem.business.collecting.operations import note_charge, note_page
from opsystem.control.businesses.directory import add_channel, business_numbered
from opsystem.delivery.collecting.looking import look_at_payment, note_standing
from opsystem.delivery.collecting.route import StripeRoute
from opsystem.operations import Actor
from opsystem.vendors import stripe


def _account(route: StripeRoute, errand: Errand) -> str:
    state = stripe.create_account(
        route.config, business=route.number, key=errand.key, **route.about(errand.about, errand.initiator)
    )
    # Its events must find the vault before the vault says that there is an account.
    add_channel(business_numbered(route.number), "stripe", state.account)
    note_standing(route, state)
    return state.account


def _checkout(route: StripeRoute, errand: Errand) -> str:
    said, about = errand.said, route.about(errand.about, errand.initiator)
    account, customer = route.account(), said["customer"]
    if said["keeps"] and not customer:
        customer = stripe.create_customer(
            route.config, account, client=said["client"], key=f"{errand.key}-c", **about
        )
    wanted = stripe.Wanted(
        checkout=str(said["checkout"]),
        back=f"{route.base_url}{said.get('back', '/paid')}",
        away=f"{route.base_url}{said.get('back', '/paid')}",
        expires_at=datetime.fromisoformat(said["expires_at"]),
        cents=said["cents"],
        words=said["words"],
        customer=customer,
    )
    state = stripe.create_checkout(route.config, account, wanted, key=errand.key, **about)
    return note_session(route, said["checkout"], replace(state, customer=customer))


def note_session(route: StripeRoute, checkout: int, state: stripe.SessionState) -> str:
    """Note how a page is; return where the client pays, "" if nowhere."""
    given = {
        "checkout": checkout,
        "session": state.session,
        "url": state.url,
        "status": state.status,
        "expires_at": state.expires_at,
        "customer": state.customer,
        "payment_intent": state.payment_intent,
    }
    return note_page.perform(route.vault, Actor.system(), given).value


def _charge(route: StripeRoute, errand: Errand) -> str:
    said = errand.said
    intent = stripe.charge_method(
        route.config, route.account(), customer=said["customer"], method=said["method"], cents=said["cents"],
        words=said["words"], checkout=str(said["checkout"]), key=errand.key,
        **route.about(errand.about, errand.initiator),
    )  # fmt: skip
    note_charge.perform(route.vault, Actor.system(), {"checkout": said["checkout"], "payment_intent": intent})
    look_at_payment(route, intent)
    return intent


def _refund(route: StripeRoute, errand: Errand) -> str:
    said = errand.said
    made = stripe.refund(
        route.config, route.account(), intent=said["intent"], cents=said["cents"], errand=str(errand.id),
        key=errand.key, **route.about(errand.about, errand.initiator),
    )  # fmt: skip
    look_at_payment(route, said["intent"], reasons={made.refund: said["reason"]})
    return made.refund


def _expire(route: StripeRoute, errand: Errand) -> str:
    about = route.about(errand.about, errand.initiator)
    return stripe.expire_checkout(route.config, route.account(), errand.said["session"], **about).status


def _detach(route: StripeRoute, errand: Errand) -> str:
    about = route.about(errand.about, errand.initiator)
    stripe.detach_method(route.config, route.account(), errand.said["method"], **about)
    return ""


KINDS: dict[str, Callable[[StripeRoute, Errand], str]] = {
    "account": _account,
    "checkout": _checkout,
    "charge": _charge,
    "refund": _refund,
    "expire": _expire,
    "detach": _detach,
}

"""For people who wait: the payment page of this moment, or Stripe's page for the owner.

Called outside any vault transaction; what does not answer now is done by the worker.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opsystem.business.collecting.operations import begin_checkout, begin_own_checkout, connect_stripe
from opsystem.business.collecting.records import Begun
from opsystem.delivery.collecting.errands import run_errand
from opsystem.delivery.collecting.looking import look_at_account
from opsystem.delivery.collecting.route import StripeRoute, route_of
from opsystem.kit.errors import Unavailable
from opsystem.operations import Actor, Operation, Permission
from opsystem.vault import Vault
from opsystem.vendors import stripe


def start_checkout(
    vault: Vault,
    business_number: int,
    actor: Actor,
    given: Mapping[str, Any],
    *,
    request_id: str | None = None,
) -> tuple[Begun, str]:
    """Begin a payment page and return it with the address at Stripe, to which the payer is sent with a 303.

    `given` is the input of `begin_checkout`, or of `begin_own_checkout` for a client with a link. Raises
    Conflict for what is paid or void, Unavailable when Stripe does not answer now.
    """
    own = actor.may(Permission.HUB)
    operation: Operation[Begun] = begin_own_checkout if own else begin_checkout
    begun = operation.perform(vault, actor, given, request_id=request_id).value
    return begun, page_address(route_of(vault, business_number), begun)


def page_address(route: StripeRoute, begun: Begun) -> str:
    """Return where a begun page is at Stripe. Raises Unavailable when that is not known now."""
    address = begun.url or (run_errand(route, begun.errand) if begun.errand is not None else "")
    if not address:
        raise Unavailable("The payment page is not ready; try again in a moment.", code="no_page")
    return address


def lead_to_stripe(vault: Vault, business_number: int, actor: Actor, *, back: str) -> str:
    """Return Stripe's page on which the owner completes the account; `back` is a path of ours."""
    route = route_of(vault, business_number)
    errand = connect_stripe.perform(vault, actor).value
    if errand is not None:
        run_errand(route, errand)
    about = route.about("Stripe", f"U-{actor.member_id}")
    address = f"{route.base_url}{back}"
    return stripe.account_link(route.config, route.account(), back=address, again=address, **about)


def look_again(vault: Vault, business_number: int) -> None:
    """Ask Stripe how the account is, for an owner who has just come back from there."""
    look_at_account(route_of(vault, business_number))

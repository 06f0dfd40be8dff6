"""Stripe's operations at their paths, to be mounted where https://api.stripe.com stands otherwise."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.call import operation
from sandbox.stripe import (
    accounts,
    checkout,
    customers,
    disputes,
    events,
    hosted,
    intents,
    methods,
    refunds,
)
from sandbox.stripe.debits import FAIL, SETTLE, end_debit
from sandbox.stripe.events import StripeCaller
from sandbox.stripe.idempotency import idempotent
from sandbox.stripe.manners import Stripe, StripeRefusalError
from sandbox.world import World

_OPERATIONS = (
    ("POST", "/accounts", "accounts.create", accounts.create),
    ("GET", "/accounts/{account}", "accounts.retrieve", accounts.retrieve),
    ("POST", "/account_links", "account_links.create", accounts.create_link),
    ("POST", "/customers", "customers.create", customers.create_customer),
    ("GET", "/customers/{customer}/payment_methods", "customers.methods", customers.of_customer),
    ("GET", "/payment_methods/{id}", "payment_methods.retrieve", methods.retrieve),
    ("POST", "/payment_methods/{id}/detach", "payment_methods.detach", methods.detach),
    ("POST", "/checkout/sessions", "checkout.create", checkout.create),
    ("GET", "/checkout/sessions", "checkout.list", checkout.list_all),
    ("GET", "/checkout/sessions/{id}", "checkout.retrieve", checkout.retrieve),
    ("POST", "/checkout/sessions/{id}/expire", "checkout.expire", checkout.expire),
    ("POST", "/payment_intents", "payment_intents.create", intents.create),
    ("GET", "/payment_intents", "payment_intents.list", intents.list_all),
    ("GET", "/payment_intents/{id}", "payment_intents.retrieve", intents.retrieve),
    ("POST", "/refunds", "refunds.create", refunds.create),
    ("GET", "/refunds", "refunds.list", refunds.list_all),
    ("GET", "/disputes", "disputes.list", disputes.list_disputes),
    ("GET", "/events", "events.list", events.list_all),
    ("GET", "/events/{id}", "events.retrieve", events.retrieve),
    ("GET", "/balance_transactions", "balance_transactions.list", intents.list_lines),
)


def build(world: World) -> Starlette:
    """The ASGI application; it also takes part in the world's errands."""
    manners = Stripe()
    world.errands.on(SETTLE, lambda job, _: end_debit(world, job["subject"], well=True))
    world.errands.on(FAIL, lambda job, _: end_debit(world, job["subject"], well=False))
    world.errands.calls_like("stripe", StripeCaller(world))

    async def unknown(request: Request, _: Exception) -> Response:
        path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
        words = f"Unrecognized request URL ({request.method}: {path})."
        return manners.refuse(StripeRefusalError(404, words))

    app = Starlette(
        routes=[
            *(
                Route(
                    f"/v1{path}",
                    operation(manners, name, idempotent(act) if method == "POST" else act),
                    methods=[method],
                )
                for method, path, name, act in _OPERATIONS
            ),
            *hosted.Hosted(world).routes(),
        ],
        exception_handlers={404: unknown, 405: unknown},
    )
    app.state.world = world
    return app

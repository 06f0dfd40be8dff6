"""Customers of a connected account: who keeps a way to pay. Stripe gets our reference and no name."""

from __future__ import annotations

from opsystem.vendors.accounts import StripeConfig
from opsystem.vendors.disclosures import Call, Category, Ledger, Passage
from opsystem.vendors.stripe.answers import told
from opsystem.vendors.stripe.client import calling
from opsystem.vendors.stripe.refusals import VENDOR

CREATE_CUSTOMER = Call(
    VENDOR, "create_customer", "keep a way to pay", {"metadata[client]": Category.TECHNICAL}
)


def create_customer(
    config: StripeConfig, account: str, *, client: str, key: str, ledger: Ledger, ref: str, initiator: str
) -> str:
    """Make a customer of the connected account; `client` is our reference, no name."""
    with calling(config, Passage(CREATE_CUSTOMER, ledger, ref, initiator), account) as stripe:
        made = stripe.v1.customers.create({"metadata": {"client": client}}, {"idempotency_key": key})
        return told(made.id)


CUSTOMER_METHODS = Call(
    VENDOR, "customer_methods", "look at a saved card or account", {"limit": Category.TECHNICAL}
)


def customer_methods(
    config: StripeConfig, account: str, customer: str, *, ledger: Ledger, ref: str, initiator: str
) -> list[str]:
    """Return the ids of the ways to pay that a customer has kept, 100 at most."""
    with calling(config, Passage(CUSTOMER_METHODS, ledger, ref, initiator), account) as stripe:
        page = stripe.v1.customers.payment_methods.list(customer, {"limit": 100})
        return [told(one.id) for one in page.data]

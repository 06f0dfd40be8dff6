"""Ways to pay that were kept: what one is called, and forget one (/api/payment_methods)."""

from __future__ import annotations

from opsystem.vendors.accounts import StripeConfig
from opsystem.vendors.disclosures import Call, Ledger, Passage
from opsystem.vendors.stripe.client import calling
from opsystem.vendors.stripe.reading_standing import method_of
from opsystem.vendors.stripe.refusals import VENDOR
from opsystem.vendors.stripe.standing import MethodState

METHOD_STATE = Call(VENDOR, "method_state", "look at a saved card or account", {})


DETACH_METHOD = Call(VENDOR, "detach_method", "forget a saved card or account", {})


def method_state(
    config: StripeConfig, account: str, method: str, *, ledger: Ledger, ref: str, initiator: str
) -> MethodState:
    """Ask what a way to pay is called."""
    with calling(config, Passage(METHOD_STATE, ledger, ref, initiator), account) as stripe:
        return method_of(stripe.v1.payment_methods.retrieve(method).to_dict())


def detach_method(
    config: StripeConfig, account: str, method: str, *, ledger: Ledger, ref: str, initiator: str
) -> None:
    """Let Stripe forget a way to pay. Stripe refuses it for one that is forgotten already."""
    with calling(config, Passage(DETACH_METHOD, ledger, ref, initiator), account) as stripe:
        stripe.v1.payment_methods.detach(method)

"""Every call of the gateway to Stripe, ready to be made against any address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from opsystem.vendors import stripe
from opsystem.vendors.disclosures import Ledger, Passage
from opsystem.vendors.stripe.payments import DISPUTES_OF, REFUNDS_OF, disputes_of, payment_alone, refunds_of

ACCOUNT, WHO = "acct_of_the_tests", {"ref": "M-41", "initiator": "U-2"}
THEN = datetime(2026, 11, 1, tzinfo=UTC)
_NONE: dict[str, Any] = {"object": "list", "url": "/v1/x", "has_more": False, "data": []}
_SESSION = {
    "id": "cs_1", "object": "checkout.session", "status": "open", "url": "https://checkout.stripe.com/x",
    "expires_at": 1_800_000_000, "payment_intent": None, "customer": None, "setup_intent": None,
}  # fmt: skip
_ACCOUNT = {"id": ACCOUNT, "object": "account", "requirements": {"currently_due": []}}
_INTENT = {
    "id": "pi_1", "object": "payment_intent", "status": "processing", "amount": 500, "created": 1_795_000_000,
    "metadata": {}, "latest_charge": None, "last_payment_error": None,
}  # fmt: skip
_REFUND = {"id": "re_1", "object": "refund", "amount": 500, "created": 1_795_000_000, "status": "succeeded"}
_METHOD = {
    "id": "pm_1",
    "object": "payment_method",
    "type": "card",
    "card": {"brand": "visa", "last4": "4242"},
}
_WANTED = stripe.Wanted(
    "5", "https://a.example/b", "https://a.example/c", THEN, 12_345, "Invoice I-1", "cus_1"
)

Call = Callable[[stripe.StripeConfig, dict[str, Any]], object]
# name, call, answer, whether money or a person notices
CALLS: tuple[tuple[str, Call, dict[str, Any], bool], ...] = (
    ("create_account", lambda c, w: stripe.create_account(c, business=7, key="k", **w), _ACCOUNT, False),
    (
        "account_link",
        lambda c, w: stripe.account_link(
            c, ACCOUNT, back="https://a.example/b", again="https://a.example/c", **w
        ),
        {"object": "account_link", "url": "https://connect.stripe.com/x", "created": 1, "expires_at": 2},
        False,
    ),
    ("account_state", lambda c, w: stripe.account_state(c, ACCOUNT, **w), _ACCOUNT, False),
    (
        "create_customer",
        lambda c, w: stripe.create_customer(c, ACCOUNT, client="C-1", key="k", **w),
        {"id": "cus_1", "object": "customer"},
        False,
    ),
    ("customer_methods", lambda c, w: stripe.customer_methods(c, ACCOUNT, "cus_1", **w), _NONE, False),
    (
        "create_checkout",
        lambda c, w: stripe.create_checkout(c, ACCOUNT, _WANTED, key="k", **w),
        _SESSION,
        False,
    ),
    ("checkout_state", lambda c, w: stripe.checkout_state(c, ACCOUNT, "cs_1", **w), _SESSION, False),
    ("expire_checkout", lambda c, w: stripe.expire_checkout(c, ACCOUNT, "cs_1", **w), _SESSION, False),
    ("payment_state", lambda c, w: payment_alone(c, ACCOUNT, "pi_1", **w), _INTENT, False),
    ("refunds_of", lambda c, w: refunds_of(c, ACCOUNT, "pi_1", Passage(REFUNDS_OF, **w)), _NONE, False),
    ("disputes_of", lambda c, w: disputes_of(c, ACCOUNT, "pi_1", Passage(DISPUTES_OF, **w)), _NONE, False),
    (
        "charge_method",
        lambda c, w: stripe.charge_method(
            c,
            ACCOUNT,
            customer="cus_1",
            method="pm_1",
            cents=500,
            words="Invoice I-1",
            checkout="5",
            key="k",
            **w,
        ),
        _INTENT,
        False,
    ),
    (
        "refund",
        lambda c, w: stripe.refund(c, ACCOUNT, intent="pi_1", cents=500, errand="3", key="k", **w),
        _REFUND,
        False,
    ),
    ("method_state", lambda c, w: stripe.method_state(c, ACCOUNT, "pm_1", **w), _METHOD, False),
    ("detach_method", lambda c, w: stripe.detach_method(c, ACCOUNT, "pm_1", **w), _METHOD, False),
    ("events", lambda c, w: stripe.events_since(c, ACCOUNT, THEN, **w), _NONE, False),
    ("balance_lines", lambda c, w: stripe.lines_since(c, ACCOUNT, THEN, **w), _NONE, False),
)


def stripe_config(url: str, authority: Path | None = None, read_seconds: float = 1.0) -> stripe.StripeConfig:
    """Gulf Plumbing's platform at an address of the tests."""
    return stripe.StripeConfig(
        "sk_test_of_the_tests", ("whsec_of_the_tests",), url, allow_loopback=True, authority=authority,
        connect_seconds=1.0, read_seconds=read_seconds,
    )  # fmt: skip


def maker(call: Call) -> Callable[[str, Ledger, Path | None], object]:
    """A call that needs only an address, a ledger and an authority."""
    return lambda url, ledger, authority: call(stripe_config(url, authority), {"ledger": ledger, **WHO})

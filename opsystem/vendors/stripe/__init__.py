"""The gateway to Stripe: connected accounts, payment pages, payments, refunds, disputes, and its events."""

from opsystem.vendors.accounts import StripeConfig
from opsystem.vendors.stripe.briefs import BalanceLine, EventBrief
from opsystem.vendors.stripe.charging import charge_method
from opsystem.vendors.stripe.checkouts import Wanted, checkout_state, create_checkout, expire_checkout
from opsystem.vendors.stripe.connecting import account_link, account_state, create_account
from opsystem.vendors.stripe.customers import create_customer, customer_methods
from opsystem.vendors.stripe.events import parse_event, verify_webhook
from opsystem.vendors.stripe.listing import events_since, lines_since
from opsystem.vendors.stripe.methods import detach_method, method_state
from opsystem.vendors.stripe.payments import payment_state
from opsystem.vendors.stripe.records import DisputeState, PaymentState, RefundState
from opsystem.vendors.stripe.refunding import refund
from opsystem.vendors.stripe.standing import AccountState, MethodState, SessionState

__all__ = [
    "AccountState",
    "BalanceLine",
    "DisputeState",
    "EventBrief",
    "MethodState",
    "PaymentState",
    "RefundState",
    "SessionState",
    "StripeConfig",
    "Wanted",
    "account_link",
    "account_state",
    "charge_method",
    "checkout_state",
    "create_account",
    "create_checkout",
    "create_customer",
    "customer_methods",
    "detach_method",
    "events_since",
    "expire_checkout",
    "lines_since",
    "method_state",
    "parse_event",
    "payment_state",
    "refund",
    "verify_webhook",
]

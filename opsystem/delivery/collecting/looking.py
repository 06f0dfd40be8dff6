"""Stripe asked how a thing is now, and the answer noted. News only says where to look."""

from __future__ import annotations

from collections.abc import Mapping

from opsystem.business.collecting.operations import note_account, note_method, note_payment
from opsystem.delivery.collecting.route import ACTOR, StripeRoute
from opsystem.vendors import stripe


def note_standing(route: StripeRoute, state: stripe.AccountState) -> None:
    """Note how the account is."""
    given = {
        "account": state.account,
        "details": state.details_submitted,
        "charges": state.charges_enabled,
        "payouts": state.payouts_enabled,
        "missing": state.missing,
    }
    note_account.perform(route.vault, ACTOR, given)


def look_at_account(route: StripeRoute) -> None:
    """Ask how the account is."""
    note_standing(route, stripe.account_state(route.config, route.account(), **route.about("Stripe")))


def look_at_payment(route: StripeRoute, intent: str, reasons: Mapping[str, str] | None = None) -> None:
    """Ask how a payment is, and bring it into the books. `reasons` are ours for refunds just made."""
    state = stripe.payment_state(route.config, route.account(), intent, **route.about(intent))
    why = reasons or {}
    given = {
        "payment_intent": state.payment_intent,
        "checkout": state.checkout,
        "status": state.status,
        "cents": state.cents,
        "charge": state.charge,
        "fee_cents": state.fee_cents,
        "kind": state.kind,
        "brand": state.brand,
        "last4": state.last4,
        "problem": state.problem,
        "refunds": [
            {
                "refund": one.refund,
                "cents": one.cents,
                "status": one.status,
                "reason": why.get(one.refund, ""),
            }
            for one in reversed(state.refunds)
        ],
        "disputes": [
            {
                "dispute": one.dispute,
                "cents": one.cents,
                "reason": one.reason,
                "status": one.status,
                "opened_at": one.created_at,
                "due_by": one.due_by,
            }
            for one in reversed(state.disputes)
        ],
    }
    note_payment.perform(route.vault, ACTOR, given)


def look_at_method(route: StripeRoute, method: str, session: str) -> None:
    """Ask what a kept way to pay is called, and whether it is there still."""
    state = stripe.method_state(route.config, route.account(), method, **route.about(method))
    given = {
        "session": session,
        "method": state.method,
        "customer": state.customer or None,
        "brand": state.brand,
        "last4": state.last4,
        "exp_month": state.exp_month,
        "exp_year": state.exp_year,
    }
    note_method.perform(route.vault, ACTOR, given)

"""Accounts, payment pages and ways to pay, read from Stripe's answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opsystem.vendors.stripe.answers import id_of, moment, told
from opsystem.vendors.stripe.standing import AccountState, MethodState, SessionState


def account_of(answer: Mapping[str, Any]) -> AccountState:
    """Read an account."""
    asked = answer.get("requirements") or {}
    return AccountState(
        told(answer["id"]),
        bool(answer.get("details_submitted")),
        bool(answer.get("charges_enabled")),
        bool(answer.get("payouts_enabled")),
        tuple(asked.get("currently_due") or ()),
    )


def session_of(answer: Mapping[str, Any]) -> SessionState:
    """Read a Checkout session; its setup intent may be expanded."""
    setup = answer.get("setup_intent")
    return SessionState(
        told(answer["id"]),
        told(answer["status"]),
        answer.get("url") or "",
        moment(answer["expires_at"]),
        id_of(answer.get("payment_intent")),
        id_of(answer.get("customer")),
        id_of(setup.get("payment_method")) if isinstance(setup, Mapping) else "",
    )


def method_of(answer: Mapping[str, Any]) -> MethodState:
    """Read a payment method."""
    kind = told(answer["type"])
    details = answer.get(kind) or {}
    return MethodState(
        told(answer["id"]),
        kind,
        details.get("brand") or details.get("bank_name") or "",
        details.get("last4") or "",
        details.get("exp_month"),
        details.get("exp_year"),
        id_of(answer.get("customer")),
    )

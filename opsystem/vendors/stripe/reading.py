"""Stripe's objects read into our records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from opsystem.vendors.stripe.client import told
from opsystem.vendors.stripe.records import (
    AccountState,
    DisputeState,
    MethodState,
    PaymentState,
    RefundState,
    SessionState,
)

CHECKOUT = "checkout"  # our names in Stripe's metadata
ERRAND = "errand"


def moment(seconds: object) -> datetime:
    """Return UNIX seconds as an aware moment; raises TypeError where there are none."""
    if not isinstance(seconds, int):
        raise TypeError("the answer has no such time")
    return datetime.fromtimestamp(seconds, UTC)


def id_of(value: Any) -> str:
    """Return the id of something that may be an id, a whole object or nothing."""
    if value is None:
        return ""
    return value if isinstance(value, str) else told(value.get("id"))


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


def payment_of(
    answer: Mapping[str, Any],
    refunds: tuple[RefundState, ...] = (),
    disputes: tuple[DisputeState, ...] = (),
) -> PaymentState:
    """Read a payment intent, with its latest charge and that charge's line of the balance where expanded."""
    charge = answer.get("latest_charge")
    charge = charge if isinstance(charge, Mapping) else {}
    line = charge.get("balance_transaction")
    line = line if isinstance(line, Mapping) else {}
    way = charge.get("payment_method_details") or {}
    details = way.get(way.get("type", "")) or {}
    error = answer.get("last_payment_error") or {}
    return PaymentState(
        told(answer["id"]),
        told(answer["status"]),
        int(answer["amount"]),
        moment(answer["created"]),
        str((answer.get("metadata") or {}).get(CHECKOUT, "")),
        int(line.get("fee", 0)),
        way.get("type", ""),
        details.get("brand") or details.get("bank_name") or "",
        details.get("last4") or "",
        error.get("decline_code") or error.get("code") or "",
        refunds,
        disputes,
    )


def refund_of(answer: Mapping[str, Any]) -> RefundState:
    """Read a refund."""
    return RefundState(
        told(answer["id"]),
        int(answer["amount"]),
        answer.get("status") or "succeeded",
        moment(answer["created"]),
        str((answer.get("metadata") or {}).get(ERRAND, "")),
    )


def dispute_of(answer: Mapping[str, Any]) -> DisputeState:
    """Read a dispute."""
    due = (answer.get("evidence_details") or {}).get("due_by")
    return DisputeState(
        told(answer["id"]),
        int(answer["amount"]),
        told(answer["reason"]),
        told(answer["status"]),
        moment(answer["created"]),
        moment(due) if due else None,
    )

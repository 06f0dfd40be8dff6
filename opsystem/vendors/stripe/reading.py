"""Stripe's objects read into our records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opsystem.vendors.stripe.answers import moment, told
from opsystem.vendors.stripe.records import DisputeState, PaymentState, RefundState

CHECKOUT = "checkout"  # our names in Stripe's metadata
ERRAND = "errand"


def payment_of(answer: Mapping[str, Any]) -> PaymentState:
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
        charge.get("id") or "",
        int(line.get("fee", 0)),
        way.get("type", ""),
        details.get("brand") or details.get("bank_name") or "",
        details.get("last4") or "",
        error.get("decline_code") or error.get("code") or "",
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

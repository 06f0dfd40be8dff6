"""What may be done and asked about payments by Stripe, in one place for whoever imports it."""

from opsystem.business.collecting.account import connect_stripe, disconnect_stripe, note_account
from opsystem.business.collecting.asking import (
    list_checkouts,
    own_checkout,
    stripe_details,
    stripe_standing,
)
from opsystem.business.collecting.begin import begin_checkout, begin_own_checkout
from opsystem.business.collecting.comparing import note_comparison
from opsystem.business.collecting.errands import note_charge, note_page, note_refusal
from opsystem.business.collecting.findings import list_findings, settle_finding
from opsystem.business.collecting.mirroring import note_payment
from opsystem.business.collecting.moving import charge_method, refund_at_stripe
from opsystem.business.collecting.saving import begin_saving, forget_method, note_method, set_auto_charge
from opsystem.business.collecting.ways import saved_methods

__all__ = [
    "begin_checkout",
    "begin_own_checkout",
    "begin_saving",
    "charge_method",
    "connect_stripe",
    "disconnect_stripe",
    "forget_method",
    "list_checkouts",
    "list_findings",
    "note_account",
    "note_charge",
    "note_comparison",
    "note_method",
    "note_page",
    "note_payment",
    "note_refusal",
    "own_checkout",
    "refund_at_stripe",
    "saved_methods",
    "set_auto_charge",
    "settle_finding",
    "stripe_details",
    "stripe_standing",
]

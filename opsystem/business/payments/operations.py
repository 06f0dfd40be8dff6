"""What may be done about payments, gathered from the rooms it is written in."""

from opsystem.business.payments.disputing import close_dispute, record_dispute
from opsystem.business.payments.giving_back import refund_payment, void_payment
from opsystem.business.payments.moving import bank_cash, record_payout, use_credit
from opsystem.business.payments.recording import record_payment

__all__ = [
    "bank_cash",
    "close_dispute",
    "record_dispute",
    "record_payment",
    "record_payout",
    "refund_payment",
    "use_credit",
    "void_payment",
]

"""The chart of accounts. Debits are positive cents, credits negative, everywhere in the books."""

from __future__ import annotations

from enum import StrEnum


class Account(StrEnum):
    """One account, by its number in the chart."""

    BANK = "1000"
    UNDEPOSITED = "1050"
    CLEARING = "1060"
    DISPUTED = "1070"
    RECEIVABLE = "1200"
    RETAINAGE = "1210"
    PAYABLE = "2000"
    DEPOSITS = "2100"
    CREDIT = "2110"
    TAX = "2200"
    OWNER = "3000"
    REVENUE = "4000"
    DISCOUNTS = "4900"
    MATERIALS = "5000"
    EXPENSES = "6000"
    FEES = "6100"
    BAD_DEBT = "6200"
    LOST_DISPUTES = "6300"


TITLES: dict[Account, str] = {
    Account.BANK: "Bank",
    Account.UNDEPOSITED: "Cash and checks not banked yet",
    Account.CLEARING: "Card processor, on its way",
    Account.DISPUTED: "Held by the bank in disputes",
    Account.RECEIVABLE: "Owed by clients",
    Account.RETAINAGE: "Held back by clients until the end",
    Account.PAYABLE: "Owed to suppliers",
    Account.DEPOSITS: "Deposits of clients",
    Account.CREDIT: "Credit of clients",
    Account.TAX: "Sales tax to hand on",
    Account.OWNER: "Owner's money",
    Account.REVENUE: "Revenue",
    Account.DISCOUNTS: "Discounts given",
    Account.MATERIALS: "Materials and job costs",
    Account.EXPENSES: "Other expenses",
    Account.FEES: "Processing fees",
    Account.BAD_DEBT: "Written off",
    Account.LOST_DISPUTES: "Lost in disputes",
}
_KINDS = {"1": "asset", "2": "liability", "3": "equity", "4": "income", "5": "expense", "6": "expense"}


def kind_of(account: Account) -> str:
    """Return what sort of account it is: asset, liability, equity, income or expense."""
    return _KINDS[account.value[0]]


def is_debit(account: Account) -> bool:
    """Tell whether people expect this account's balance on the debit side."""
    return kind_of(account) in {"asset", "expense"}

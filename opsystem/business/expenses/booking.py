"""What an expense is in the books."""

from __future__ import annotations

from opsystem.business.expenses.models import Expense
from opsystem.business.expenses.records import PaidBy
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.posting import Post, post
from opsystem.operations import Work

_FROM = {
    PaidBy.BANK: Account.BANK,
    PaidBy.CASH: Account.UNDEPOSITED,
    PaidBy.LATER: Account.PAYABLE,
    PaidBy.OWN: Account.PAYABLE,
}


def book_expense(work: Work, row: Expense) -> None:
    """Write an expense into the books: on a job it is a job cost, else an expense of the business."""
    post(work, row.day, "expense", row.ref, _sides(row, 1))


def take_back(work: Work, row: Expense) -> None:
    """Write what takes an expense out of the books again, on its own day."""
    post(work, row.day, "expense taken back", row.ref, _sides(row, -1))


def _sides(row: Expense, sign: int) -> tuple[Post, Post]:
    spent = Account.MATERIALS if row.job_id is not None else Account.EXPENSES
    return Post(spent, sign * row.cents), Post(_FROM[PaidBy(row.paid_by)], -sign * row.cents)

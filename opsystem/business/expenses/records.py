"""What is told about expenses. US cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class PaidBy(StrEnum):
    """How an expense was paid: by the business's bank or card, from the till, later, or by a person."""

    BANK = "bank"
    CASH = "cash"
    LATER = "later"
    OWN = "own"


# What is usually bought; any other word may be written as well.
CATEGORIES = (
    "Materials", "Fuel", "Tools", "Subcontractor", "Equipment rental", "Permits", "Vehicle", "Insurance",
    "Office", "Meals", "Other",
)  # fmt: skip


@dataclass(frozen=True)
class ExpenseRow:
    """One expense. `owed_to` put it out of the own pocket; `file` is the receipt."""

    ref: str
    id: int
    day: date
    what: str
    cents: int
    category: str
    paid_to: str
    paid_by: PaidBy
    owed_to: str | None
    owed_to_name: str
    job: str | None
    job_id: int | None
    job_title: str
    file: str | None
    file_id: int | None
    version: int
    at: datetime
    by: str
    voided_at: datetime | None
    voided_by: str | None
    void_reason: str


@dataclass(frozen=True)
class Expenses:
    """A page of expenses with the sum of all that were asked for; voided ones count nothing."""

    rows: list[ExpenseRow]
    total: int
    page: int
    size: int
    sum_cents: int

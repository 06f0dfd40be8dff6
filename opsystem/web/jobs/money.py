"""What a job's page shows of money: lines for everybody who works there, papers for who may see amounts."""

from __future__ import annotations

from typing import Any

from opsystem.business.costing.queries import show_job_cost
from opsystem.business.expenses.queries import list_expenses
from opsystem.business.invoices.queries import list_invoices
from opsystem.business.joblines.queries import list_job_lines
from opsystem.business.quotes.queries import list_quotes
from opsystem.operations import Permission
from opsystem.web.door import Door


def money_of(door: Door, job: str) -> dict[str, Any]:
    """Return the lines, quotes and invoices of a job, as far as this person may see them."""
    sees = door.actor.may(Permission.MONEY_READ)
    spends = door.actor.may(Permission.EXPENSES_WRITE)
    return {
        "lines": door.ask(list_job_lines, job=job),
        "quotes": door.ask(list_quotes, job=job, state="all").rows if sees else [],
        "cost": door.ask(show_job_cost, job=job) if sees else None,
        "expenses": door.ask(list_expenses, job=job).rows if spends else [],
        "invoices": door.ask(list_invoices, job=job).rows if sees else [],
    }

"""What a job's page shows of money: lines for everybody who works there, papers for who may see amounts."""

from __future__ import annotations

from typing import Any

from opsystem.business.invoices.queries import list_invoices
from opsystem.business.joblines.queries import list_job_lines
from opsystem.business.quotes.queries import list_quotes
from opsystem.operations import Permission
from opsystem.web.door import Door


def money_of(door: Door, job: str) -> dict[str, Any]:
    """Return the lines, quotes and invoices of a job, as far as this person may see them."""
    sees = door.actor.may(Permission.MONEY_READ)
    return {
        "lines": door.ask(list_job_lines, job=job),
        "quotes": door.ask(list_quotes, job=job, state="all").rows if sees else [],
        "invoices": door.ask(list_invoices, job=job).rows if sees else [],
    }

"""What is told about a job's margin. US cents; `margin_cents` is revenue less every cost, to the cent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class JobCost:
    """What a job brings and takes, now. Callbacks' costs are in the job they put right.

    `revenue_cents` is invoiced (less credits) and still to be invoiced, before tax; `parts_cents` what its
    lines cost; `labor_cents` its hours, also those that run. Hours of people whose cost is not known are
    `unpriced_minutes`, lines without a cost `unpriced_lines`: while there are any, the margin is too high.
    """

    job: str
    job_id: int
    title: str
    client: str
    client_name: str
    invoiced_cents: int
    to_invoice_cents: int
    revenue_cents: int
    parts_cents: int
    labor_cents: int
    labor_minutes: int
    expense_cents: int
    cost_cents: int
    margin_cents: int
    margin_milli_percent: int | None
    unpriced_minutes: int
    unpriced_lines: int
    callbacks: list[str]

"""The tables of an export about what was offered and what is to be billed."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.joblines.models import JobLine
from opsystem.business.jobs.models import Job
from opsystem.lifecycle.exporting.sheets import Sheet


def dollars(cents: int | None) -> Decimal | None:
    """Return cents as dollars for a spreadsheet."""
    return None if cents is None else Decimal(cents) / 100


def count(milli: int) -> Decimal:
    """Return thousandths as a number for a spreadsheet."""
    return Decimal(milli) / 1000


QUOTE_SHEETS = (
    Sheet(
        "Job lines.csv",
        "What each job is billed for, in US dollars",
        "Job, Job number, Client, Client number, Line, What, Quantity, For one, Price, Cost, Sales tax,"
        " Discount, Invoiced, Added, Added by",
        select(JobLine, Job, Client)
        .join(Job, Job.id == JobLine.job_id)
        .join(Client, Client.id == Job.client_id),
        JobLine.id,
        lambda row, words: (
            row.Job.title, row.Job.ref, row.Client.name, row.Client.ref, row.JobLine.position,
            row.JobLine.description, count(row.JobLine.quantity_milli), row.JobLine.unit,
            dollars(row.JobLine.unit_cents), dollars(row.JobLine.cost_cents), row.JobLine.taxable,
            dollars(row.JobLine.discount_cents), count(row.JobLine.invoiced_milli),
            words.at(row.JobLine.added_at), row.JobLine.added_by,
        ),
    ),
)  # fmt: skip

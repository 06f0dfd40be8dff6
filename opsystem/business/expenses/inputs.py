"""What is given with an expense, and what of it is refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from opsystem.business.expenses.records import PaidBy
from opsystem.business.files.finding import present
from opsystem.business.jobs.models import Job
from opsystem.business.profile.queries import today
from opsystem.business.references import number_of
from opsystem.business.team.models import Member
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Work

Spent = Annotated[int, Field(ge=1, le=100_000_000_00, description="What was paid, in US cents, with tax.")]
_OLDEST_DAYS = 3660


def day_of(work: Work, day: date | None) -> date:
    """Return the day of an expense, today if none is given. Raises Invalid for one to come or long past."""
    now = today(work)
    if day is not None and (day > now or (now - day).days > _OLDEST_DAYS):
        message = "Give the day it was paid: not after today, and within ten years."
        raise Invalid(message, code="bad_day", fields={"day": message})
    return day or now


def job_id_of(work: Work, reference: str | None) -> int | None:
    """Return the number of a job that costs may go to. Raises NotFound, Conflict."""
    if reference is None:
        return None
    row = work.get(Job, number_of(reference), "job")
    if row.merged_at is not None:
        raise Conflict(f"{row.ref} was merged into another job.", code="job_merged")
    return row.id


def file_id_of(work: Work, reference: str | None) -> int | None:
    """Return the number of a receipt. Raises NotFound."""
    return present(work, reference).id if reference is not None else None


def owed_to_of(work: Work, paid_by: PaidBy, reference: str | None) -> int | None:
    """Return who put an expense out of the own pocket: whoever is named, else who writes it down."""
    if paid_by is not PaidBy.OWN:
        return None
    number = number_of(reference) if reference is not None else work.actor.member_id
    if number is None:
        message = "Say who paid it."
        raise Invalid(message, code="no_payer", fields={"owed_to": message})
    return work.get(Member, number, "person on the team").id

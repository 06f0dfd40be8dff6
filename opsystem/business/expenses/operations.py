"""What may be done about expenses."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from opsystem.business.expenses.booking import book_expense, take_back
from opsystem.business.expenses.inputs import Spent, day_of, file_id_of, job_id_of, owed_to_of
from opsystem.business.expenses.models import Expense
from opsystem.business.expenses.records import PaidBy
from opsystem.business.references import ExpenseRef, FileRef, JobRef, MemberRef, number_of
from opsystem.business.wording import Line, Name
from opsystem.kit.errors import Conflict
from opsystem.kit.money import show_cents
from opsystem.operations import Effect, Permission, Saved, Work, operation

Version = Annotated[int, Field(ge=1, description="The version of the expense that was read before the edit.")]


@operation(permission=Permission.EXPENSES_WRITE, effect=Effect.COMMIT, label="Add expense")
def add_expense(
    work: Work,
    *,
    what: Name,
    cents: Spent,
    day: date | None = None,
    category: Line = "",
    paid_to: Line = "",
    paid_by: PaidBy = PaidBy.BANK,
    owed_to: MemberRef | None = None,
    job: JobRef | None = None,
    file: FileRef | None = None,
) -> Saved:
    """Write down what was spent, in US cents, with the photo of its receipt and the job it was for.

    Paid by `own` means out of somebody's pocket: it is owed to that person. It stands in the books at once,
    on a job as a cost of it.
    """
    row = Expense(
        day=day_of(work, day), what=what, cents=cents, category=category, paid_to=paid_to,
        paid_by=paid_by.value, owed_to_id=owed_to_of(work, paid_by, owed_to), member_id=work.actor.member_id,
        job_id=job_id_of(work, job), file_id=file_id_of(work, file), at=work.now, by=work.actor.name,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    book_expense(work, row)
    for_job = f" for {job}" if job else ""
    work.describe(f"Added the expense “{what}” of {show_cents(cents)}{for_job}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.PAYMENTS_WRITE, effect=Effect.COMMIT, label="Correct expense")
def edit_expense(
    work: Work,
    *,
    expense: ExpenseRef,
    base_version: Version,
    what: Name | None = None,
    cents: Spent | None = None,
    day: date | None = None,
    category: Line | None = None,
    paid_to: Line | None = None,
    paid_by: PaidBy | None = None,
    owed_to: MemberRef | None = None,
    job: JobRef | None = None,
    no_job: bool = False,
    file: FileRef | None = None,
) -> Saved:
    """Correct an expense: the books take the old one back and write the new one. What is not given stays.

    `no_job` takes it off its job. An edit of a version somebody changed since is refused.
    """
    row = _standing(work, expense)
    if row.version != base_version:
        raise Conflict(
            f"Somebody changed {row.ref} meanwhile. Look at it again, then save yours.",
            code="stale", fields={"base_version": str(row.version)},
        )  # fmt: skip
    take_back(work, row)
    row.what = row.what if what is None else what
    row.cents = row.cents if cents is None else cents
    row.day = row.day if day is None else day_of(work, day)
    row.category = row.category if category is None else category
    row.paid_to = row.paid_to if paid_to is None else paid_to
    if paid_by is not None or owed_to is not None:
        way = paid_by or PaidBy(row.paid_by)
        row.paid_by, row.owed_to_id = way.value, owed_to_of(work, way, owed_to)
    row.job_id = None if no_job else row.job_id if job is None else job_id_of(work, job)
    row.file_id = row.file_id if file is None else file_id_of(work, file)
    row.version += 1
    book_expense(work, row)
    work.describe(f"Corrected the expense “{row.what}” to {show_cents(row.cents)}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.PAYMENTS_WRITE, effect=Effect.COMMIT, label="Void expense")
def void_expense(work: Work, *, expense: ExpenseRef, reason: Name) -> Saved:
    """Take an expense back that was none, or stands there twice; it keeps its number and costs nothing."""
    row = _standing(work, expense)
    take_back(work, row)
    row.voided_at, row.voided_by, row.void_reason = work.now, work.actor.name, reason
    work.describe(f"Voided the expense “{row.what}”: {reason}")
    return Saved(row.ref, row.id)


def _standing(work: Work, reference: str) -> Expense:
    row = work.get(Expense, number_of(reference), "expense")
    if row.voided_at is not None:
        raise Conflict(f"{row.ref} was voided by {row.voided_by}.", code="expense_void")
    return row

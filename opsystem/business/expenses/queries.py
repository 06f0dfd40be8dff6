"""What may be asked about expenses. Technicians see those they wrote down themselves."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, Select, func, or_, select

from opsystem.business.expenses.models import Expense
from opsystem.business.expenses.records import ExpenseRow, Expenses, PaidBy
from opsystem.business.jobs.models import Job
from opsystem.business.references import ExpenseRef, JobRef, number_of
from opsystem.business.team.models import Member
from opsystem.business.wording import Line
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query

PAGE = 50


@query(permission=Permission.EXPENSES_WRITE, label="List expenses")
def list_expenses(
    work: Work,
    *,
    text: Line = "",
    category: Line = "",
    job: JobRef | None = None,
    since: date | None = None,
    until: date | None = None,
    page: Annotated[int, Field(ge=1)] = 1,
    size: Annotated[int, Field(ge=1, le=1000)] = PAGE,
) -> Expenses:
    """List what was spent, the newest day first, with the sum of everything asked for in US cents."""
    wanted: list[ColumnElement[bool]] = [Expense.id > 0]
    if text:
        fields = (Expense.what, Expense.paid_to, Expense.category)
        wanted.append(or_(*(one.icontains(text, autoescape=True) for one in fields)))
    if category:
        wanted.append(Expense.category == category)
    if job is not None:
        wanted.append(Expense.job_id == number_of(job))
    if since is not None:
        wanted.append(Expense.day >= since)
    if until is not None:
        wanted.append(Expense.day <= until)
    count, spent = work.session.execute(
        select(
            func.count(Expense.id),
            func.coalesce(func.sum(Expense.cents).filter(Expense.voided_at.is_(None)), 0),
        ).where(*wanted)
    ).one()
    rows = _with_all().where(*wanted).order_by(Expense.day.desc(), Expense.id.desc())
    found = work.session.execute(rows.limit(size).offset((page - 1) * size))
    return Expenses([expense_row(*one) for one in found], count, page, size, spent)


@query(permission=Permission.EXPENSES_WRITE, label="Show expense")
def show_expense(work: Work, *, expense: ExpenseRef) -> ExpenseRow:
    """Show an expense with its receipt, job and who wrote it down."""
    row = work.get(Expense, number_of(expense), "expense")
    return expense_row(*work.session.execute(_with_all().where(Expense.id == row.id)).one())


def expense_row(row: Expense, job: Job | None, person: Member | None) -> ExpenseRow:
    """Return what is told about an expense."""
    return ExpenseRow(
        ref=row.ref,
        id=row.id,
        day=row.day,
        what=row.what,
        cents=row.cents,
        category=row.category,
        paid_to=row.paid_to,
        paid_by=PaidBy(row.paid_by),
        owed_to=make_ref("member", row.owed_to_id) if row.owed_to_id else None,
        owed_to_name=person.name if person is not None else "",
        job=make_ref("job", row.job_id) if row.job_id else None,
        job_id=row.job_id,
        job_title=job.title if job is not None else "",
        file=make_ref("file", row.file_id) if row.file_id else None,
        file_id=row.file_id,
        version=row.version,
        at=row.at,
        by=row.by,
        voided_at=row.voided_at,
        voided_by=row.voided_by,
        void_reason=row.void_reason,
    )


def _with_all() -> Select[Expense, Job, Member]:
    return (
        select(Expense, Job, Member)
        .outerjoin(Job, Job.id == Expense.job_id)
        .outerjoin(Member, Member.id == Expense.owed_to_id)
    )

"""The table of an export about what was spent."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.expenses.models import Expense
from opsystem.business.files.models import File
from opsystem.business.jobs.models import Job
from opsystem.business.team.models import Member
from opsystem.lifecycle.exporting.sheets import Sheet
from opsystem.lifecycle.exporting.sheets_quotes import dollars

EXPENSE_SHEETS = (
    Sheet(
        "Expenses.csv",
        "What was spent, in US dollars",
        "Number, Day, What, Amount, Category, Paid to, Paid by, Owed to, Job, Job number, Receipt,"
        " Written down, By, Voided, Voided by, Why",
        select(Expense, Job, Member, File)
        .outerjoin(Job, Job.id == Expense.job_id)
        .outerjoin(Member, Member.id == Expense.owed_to_id)
        .outerjoin(File, File.id == Expense.file_id),
        Expense.id,
        lambda row, words: (
            row.Expense.ref, row.Expense.day.isoformat(), row.Expense.what, dollars(row.Expense.cents),
            row.Expense.category, row.Expense.paid_to, row.Expense.paid_by,
            row.Member.name if row.Member else "", row.Job.title if row.Job else "",
            row.Job.ref if row.Job else "", row.File.name if row.File else "", words.at(row.Expense.at),
            row.Expense.by, words.at(row.Expense.voided_at), row.Expense.voided_by, row.Expense.void_reason,
        ),
    ),
)  # fmt: skip

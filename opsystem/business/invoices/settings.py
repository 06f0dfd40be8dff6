"""How the business invoices: first number, days to pay, words at the foot, reminders on or off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.invoices.models import Invoice, InvoiceSettings
from opsystem.business.profile.queries import today
from opsystem.business.wording import Words
from opsystem.kit.errors import Conflict
from opsystem.operations import Effect, Permission, Work, operation, query

Days = Annotated[int, Field(ge=0, le=365, description="Days a client has to pay; 0 is at once.")]
Number = Annotated[int, Field(ge=1, le=1_000_000_000, description="The number of the first invoice.")]

StatementDay = Annotated[
    int, Field(ge=0, le=28, description="Day of the month for statements; 0 sends none by themselves.")
]


@dataclass(frozen=True)
class InvoiceSettingsRow:
    """How the business invoices."""

    first_number: int
    terms_days: int
    footer: str
    reminders_on: bool
    statement_day: int | None


def settings_of(work: Work) -> InvoiceSettings:
    """Return the settings; where none were made yet, the defaults, which are in no table."""
    row = work.session.get(InvoiceSettings, 1)
    return row or InvoiceSettings(id=1, first_number=1001, terms_days=14, footer="")


@query(permission=Permission.MONEY_READ, label="Show invoice settings")
def show_invoice_settings(work: Work) -> InvoiceSettingsRow:
    """Show how the business invoices: first number, days to pay, words at the foot, reminders."""
    row = settings_of(work)
    return InvoiceSettingsRow(
        row.first_number, row.terms_days, row.footer, row.reminders_off_at is None, row.statement_day
    )


@operation(permission=Permission.BOOKS_WRITE, effect=Effect.COMMIT, label="Change invoice settings")
def edit_invoice_settings(
    work: Work,
    *,
    first_number: Number | None = None,
    terms_days: Days | None = None,
    footer: Words | None = None,
    reminders_on: bool | None = None,
    statement_day: StatementDay | None = None,
) -> InvoiceSettingsRow:
    """Change how the business invoices. What is not given stays. The first number is chosen before the first
    invoice; reminders of overdue invoices go out by themselves while `reminders_on`, statements on the
    `statement_day` of each month to all who owe."""
    row = settings_of(work)
    work.session.add(row)
    if first_number is not None and first_number != row.first_number:
        if work.session.scalar(select(Invoice.id).limit(1)) is not None:
            raise Conflict("Invoices are numbered already; the numbers run on.", code="already_numbered")
        row.first_number = first_number
    row.terms_days = row.terms_days if terms_days is None else terms_days
    row.footer = row.footer if footer is None else footer
    if reminders_on is not None:
        row.reminders_off_at = None if reminders_on else row.reminders_off_at or work.now
        row.reminders_off_by = None if reminders_on else row.reminders_off_by or work.actor.name
        work.set_alarm("billing", work.now)
    if statement_day is not None and (statement_day or None) != row.statement_day:
        row.statement_day = statement_day or None
        row.statements_since = today(work)
        work.set_alarm("billing", work.now)
    work.session.flush()
    work.describe("Changed how invoices are made")
    return work.do(show_invoice_settings)

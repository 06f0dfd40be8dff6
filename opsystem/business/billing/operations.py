"""What may be done about billing, gathered from the rooms it is written in."""

from opsystem.business.billing.batch import invoice_jobs
from opsystem.business.billing.due import do_due_billing
from opsystem.business.billing.from_jobs import draft_job_invoice
from opsystem.business.billing.plans import (
    add_billing_plan,
    pause_billing_plan,
    raise_plan,
    resume_billing_plan,
)
from opsystem.business.billing.progress import agree_progress, bill_stage
from opsystem.business.billing.sending import remind_invoices, send_invoice, set_reminders

__all__ = [
    "add_billing_plan",
    "agree_progress",
    "bill_stage",
    "do_due_billing",
    "draft_job_invoice",
    "invoice_jobs",
    "pause_billing_plan",
    "raise_plan",
    "remind_invoices",
    "resume_billing_plan",
    "send_invoice",
    "set_reminders",
]

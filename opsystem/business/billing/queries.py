"""What may be asked about billing, gathered from the rooms it is written in."""

from opsystem.business.billing.batch import list_jobs_to_invoice
from opsystem.business.billing.due import next_billing
from opsystem.business.billing.letters import show_invoice_letter
from opsystem.business.billing.listing import list_plans, show_client_billing, show_progress
from opsystem.business.billing.reports import cash, receivables_ageing, revenue
from opsystem.business.billing.statements import client_statement, list_owing

__all__ = [
    "cash",
    "client_statement",
    "list_jobs_to_invoice",
    "list_owing",
    "list_plans",
    "next_billing",
    "receivables_ageing",
    "revenue",
    "show_client_billing",
    "show_invoice_letter",
    "show_progress",
]

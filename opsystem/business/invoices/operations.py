"""What may be done about invoices, gathered from the rooms it is written in."""

from opsystem.business.invoices.drafts import draft_invoice, edit_draft, remove_draft
from opsystem.business.invoices.issuing import issue_invoice
from opsystem.business.invoices.settings import edit_invoice_settings
from opsystem.business.invoices.taking_back import credit_invoice, void_invoice, write_off_invoice

__all__ = [
    "credit_invoice",
    "draft_invoice",
    "edit_draft",
    "edit_invoice_settings",
    "issue_invoice",
    "remove_draft",
    "void_invoice",
    "write_off_invoice",
]

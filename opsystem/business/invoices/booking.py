"""What an invoice is in the books, when it is issued and when it is taken back."""

from __future__ import annotations

from opsystem.business.invoices.models import Invoice
from opsystem.business.ledger.chart import Account
from opsystem.business.ledger.models import Entry
from opsystem.business.ledger.posting import Post, post
from opsystem.operations import Work


def book_invoice(work: Work, invoice: Invoice) -> Entry:
    """Write an invoice: owed by the client; earned, and tax to hand on.

    What the client holds back is owed later. An invoice that releases it earns nothing a second time.
    """
    client, number = invoice.client_id, invoice.id
    owed = Post(Account.RECEIVABLE, invoice.total_cents - invoice.retained_cents, client, number)
    held = Post(Account.RETAINAGE, invoice.retained_cents, client, number)
    if invoice.releases:
        back = Post(Account.RETAINAGE, -invoice.total_cents, client, number)
        return post(work, invoice.issued_on, "retainage", invoice.ref, (owed, back))
    earned = Post(Account.REVENUE, -invoice.subtotal_cents, client, number)
    off = Post(Account.DISCOUNTS, invoice.discount_cents, client, number)
    tax = Post(Account.TAX, -invoice.tax_cents, client, number)
    return post(work, invoice.issued_on, "invoice", invoice.ref, (owed, held, earned, off, tax))

"""A client's papers: the same sheets the office prints, of what is his."""

from __future__ import annotations

from opsystem.business.invoices.models import Invoice
from opsystem.business.payments.models import Payment
from opsystem.business.printing.finishing import PaperFile
from opsystem.business.printing.queries import make_invoice_paper, make_quote_paper, make_receipt
from opsystem.business.quotes.models import Quote
from opsystem.business.references import DepositRef, InvoiceRef, PaymentRef, QuoteRef, number_of
from opsystem.kit.errors import NotFound
from opsystem.operations import Permission, Work, query
from opsystem.operations.errand import run_errand


@query(permission=Permission.HUB, label="Print my quote", assistant=False)
def my_quote_paper(work: Work, *, quote: QuoteRef) -> PaperFile:
    """Make a client's quote as PDF. Raises NotFound for another one's."""
    return run_errand(work, make_quote_paper, quote=work.get(Quote, number_of(quote), "quote").ref)


@query(permission=Permission.HUB, label="Print my invoice", assistant=False)
def my_invoice_paper(work: Work, *, invoice: InvoiceRef) -> PaperFile:
    """Make a client's invoice as PDF. Raises NotFound for another one's."""
    return run_errand(work, make_invoice_paper, invoice=work.get(Invoice, number_of(invoice), "invoice").ref)


@query(permission=Permission.HUB, label="Print my receipt", assistant=False)
def my_receipt(work: Work, *, payment: PaymentRef, deposit_for: DepositRef | None = None) -> PaperFile:
    """Make the receipt of a client's payment as PDF. Raises NotFound for another one's, or a void one.

    With `deposit_for` only for a payment that was a deposit for that job or quote.
    """
    row = work.get(Payment, number_of(payment), "payment")
    if deposit_for is not None and row.deposit_for != deposit_for:
        raise NotFound("There is no such receipt.", code="no_receipt")
    return run_errand(work, make_receipt, payment=row.ref)

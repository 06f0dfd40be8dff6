"""Papers as PDF. The same record gives the same bytes, so that a hash of them means something."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from opsystem.business.payments.queries import show_payment
from opsystem.business.printing.finishing import PaperFile, finished
from opsystem.business.printing.invoices import invoice_paper
from opsystem.business.printing.jobs import job_sheet, service_report
from opsystem.business.printing.quotes import quote_paper
from opsystem.business.printing.receipts import receipt_paper
from opsystem.business.printing.statements import statement_paper
from opsystem.business.references import ClientRef, InvoiceRef, JobRef, PaymentRef, QuoteRef
from opsystem.operations import Permission, Work, query


class JobPaper(StrEnum):
    """Which paper of a job is asked for."""

    SHEET = "sheet"
    REPORT = "report"


@query(permission=Permission.JOBS_READ, label="Print job", assistant=False)
def make_job_paper(
    work: Work,
    *,
    job: JobRef,
    kind: Annotated[JobPaper, Field(description="The sheet to take along, or the report of what was done.")],
) -> PaperFile:
    """Make a job's sheet or service report as PDF: tagged for readers, with the business's logo."""
    return finished(job_sheet(work, job) if kind is JobPaper.SHEET else service_report(work, job))


@query(permission=Permission.MONEY_READ, label="Print quote", assistant=False)
def make_quote_paper(work: Work, *, quote: QuoteRef) -> PaperFile:
    """Make a quote as PDF: its options side by side, lines with totals, terms, and who accepted it when."""
    return finished(quote_paper(work, quote))


@query(permission=Permission.MONEY_READ, label="Print invoice", assistant=False)
def make_invoice_paper(work: Work, *, invoice: InvoiceRef) -> PaperFile:
    """Make an invoice as PDF: lines, totals, what is still due and until when."""
    return finished(invoice_paper(work, invoice))


@query(permission=Permission.MONEY_READ, label="Print receipt", assistant=False)
def make_receipt(work: Work, *, payment: PaymentRef) -> PaperFile:
    """Make the receipt of a payment as PDF: how much, how, and for what."""
    return finished(receipt_paper(work, work.do(show_payment, payment=payment)))


@query(permission=Permission.MONEY_READ, label="Print statement", assistant=False)
def make_statement(work: Work, *, client: ClientRef) -> PaperFile:
    """Make a client's statement as PDF: everything charged and paid, and how old the rest is."""
    return finished(statement_paper(work, client))

"""Views of papers: shown by the browser, kept by it as long as nothing changed."""

from __future__ import annotations

from urllib.parse import quote as quoted

from django.http import HttpResponse

from opsystem.business.printing.finishing import PaperFile
from opsystem.business.printing.queries import (
    JobPaper,
    make_invoice_paper,
    make_job_paper,
    make_quote_paper,
    make_receipt,
    make_statement,
)
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page


@business_page(Permission.JOBS_READ)
def job_sheet(door: Door, job: int) -> HttpResponse:
    """Show the sheet of a job."""
    return as_pdf(door, door.ask(make_job_paper, job=make_ref("job", job), kind=JobPaper.SHEET))


@business_page(Permission.JOBS_READ)
def service_report(door: Door, job: int) -> HttpResponse:
    """Show the report of a job."""
    return as_pdf(door, door.ask(make_job_paper, job=make_ref("job", job), kind=JobPaper.REPORT))


@business_page(Permission.MONEY_READ)
def quote(door: Door, quote: int) -> HttpResponse:
    """Show a quote."""
    return as_pdf(door, door.ask(make_quote_paper, quote=make_ref("quote", quote)))


@business_page(Permission.MONEY_READ)
def invoice(door: Door, invoice: int) -> HttpResponse:
    """Show an invoice."""
    return as_pdf(door, door.ask(make_invoice_paper, invoice=make_ref("invoice", invoice)))


@business_page(Permission.MONEY_READ)
def receipt(door: Door, payment: int) -> HttpResponse:
    """Show the receipt of a payment."""
    return as_pdf(door, door.ask(make_receipt, payment=make_ref("payment", payment)))


@business_page(Permission.MONEY_READ)
def statement(door: Door, client: int) -> HttpResponse:
    """Show how a client stands."""
    return as_pdf(door, door.ask(make_statement, client=make_ref("client", client)))


def as_pdf(door: Door, paper: PaperFile) -> HttpResponse:
    """Answer with a paper; its hash is its tag, so what is unchanged is not sent again."""
    tag = f'"{paper.sha256[:32]}"'
    if door.request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    response = HttpResponse(paper.content, content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quoted(paper.name)}"
    response["ETag"] = tag
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response

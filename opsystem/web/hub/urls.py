"""Addresses of a client's own pages. `word` is the business's number and the secret of the link."""

from __future__ import annotations

from django.urls import path

from opsystem.web.hub import (
    answering,
    files,
    home,
    invoices,
    messages,
    papers,
    paying,
    proving,
    quotes,
    visits,
)

app_name = "hub"
_C = "c/<str:word>"
urlpatterns = [
    path(_C, home.show, name="home"),
    path(f"{_C}/visits/<int:visit>", visits.show, name="visit"),
    path(f"{_C}/visits/<int:visit>/confirm", visits.confirm, name="confirm"),
    path(f"{_C}/visits/<int:visit>/move", visits.move, name="move"),
    path(f"{_C}/visits/<int:visit>/cancel", visits.cancel, name="cancel"),
    path(f"{_C}/quotes/<int:quote>", quotes.show, name="quote"),
    path(f"{_C}/quotes/<int:quote>/accept", answering.accept, name="accept"),
    path(f"{_C}/quotes/<int:quote>/decline", answering.decline, name="decline"),
    path(f"{_C}/quotes/<int:quote>/ask", answering.ask, name="ask"),
    path(f"{_C}/quotes/<int:quote>/pay", paying.pay_deposit, name="pay_deposit"),
    path(f"{_C}/quotes/<int:quote>/paper.pdf", papers.quote, name="quote_paper"),
    path(
        f"{_C}/quotes/<int:quote>/receipts/<int:payment>.pdf", papers.deposit_receipt, name="deposit_receipt"
    ),
    path(f"{_C}/invoices/<int:invoice>", invoices.show, name="invoice"),
    path(f"{_C}/invoices/<int:invoice>/pay", paying.pay_invoice, name="pay_invoice"),
    path(f"{_C}/invoices/<int:invoice>/paper.pdf", papers.invoice, name="invoice_paper"),
    path(f"{_C}/invoices/<int:invoice>/receipts/<int:payment>.pdf", papers.receipt, name="receipt"),
    path(f"{_C}/paid/<int:checkout>", paying.paid, name="paid"),
    path(f"{_C}/files", files.listed, name="files"),
    path(f"{_C}/files/<int:file>/<str:size>", files.serve, name="file"),
    path(f"{_C}/messages", messages.show, name="messages"),
    path(f"{_C}/details", messages.details, name="details"),
    path(f"{_C}/wishes", messages.wishes, name="wishes"),
    path(f"{_C}/prove", proving.prove, name="prove"),
    path(f"{_C}/renew", proving.renew, name="renew"),
]

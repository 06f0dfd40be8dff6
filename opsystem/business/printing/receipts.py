"""A receipt on paper."""

from __future__ import annotations

from opsystem.business.clients.models import Client
from opsystem.business.paper.records import (
    Fact,
    Head,
    ReceiptPaper,
    Sum,
)
from opsystem.business.payments.records import PaymentPage
from opsystem.business.printing.letterhead import billed, letterhead
from opsystem.business.printing.showing import day_of
from opsystem.kit.money import show_cents
from opsystem.operations import Work


def receipt_paper(work: Work, page: PaymentPage) -> ReceiptPaper:
    """Return what the receipt of a payment shows."""
    row = page.row
    client = work.get(Client, row.client_id, "client")
    rows = [Fact(f"Invoice {part.invoice}", show_cents(part.cents)) for part in page.parts]
    if page.deposit_cents:
        rows.append(Fact(f"Deposit for {row.deposit_for or 'work to come'}", show_cents(page.deposit_cents)))
    if page.credit_cents:
        rows.append(Fact("Kept as credit", show_cents(page.credit_cents)))
    sums = [Sum(f"Given back {day_of(one.refunded_on)}", show_cents(-one.cents)) for one in page.refunds]
    how = f"{row.method.value.capitalize()}{', ' + row.reference if row.reference else ''}"
    head = Head(
        letterhead(work), "Receipt", row.ref, (Fact("Received", day_of(row.received_on)),),
        (billed(client),), "Void" if row.voided_at is not None else "",
    )  # fmt: skip
    sums.append(Sum("Received", show_cents(row.cents - row.refunded_cents), strong=True))
    words = f"{how}\n{day_of(row.received_on)}"
    return ReceiptPaper(head, show_cents(row.cents), words, tuple(rows), tuple(sums))

"""Random histories of a business's money, played through the operations as people would."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from opsystem.business.acceptance.operations import accept_quote
from opsystem.business.invoices.models import Invoice
from opsystem.business.invoices.operations import (
    credit_invoice,
    draft_invoice,
    issue_invoice,
    void_invoice,
    write_off_invoice,
)
from opsystem.business.payments.operations import (
    close_dispute,
    record_dispute,
    record_payment,
    refund_payment,
    use_credit,
    void_payment,
)
from opsystem.business.quotes.operations import add_quote, mark_quote_sent
from opsystem.kit.errors import Problem
from opsystem.operations import Operation, Work

METHODS = ("cash", "check", "card", "bank", "other")
START = date(2026, 1, 1)


@dataclass
class History:
    """One client's history: which papers there are, and how often an act was refused."""

    work: Work
    chance: random.Random
    client: str
    job: str
    invoices: list[str] = field(default_factory=list)
    payments: list[str] = field(default_factory=list)
    disputes: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    refused: int = 0

    def play(self, steps: int) -> None:
        """Act so many times; what cannot be done is refused whole."""
        acts = (
            self.invoice, self.invoice, self.pay, self.pay, self.deposit, self.credit, self.refund,
            self.void, self.void_payment, self.write_off, self.use, self.dispute, self.close, self.quote,
        )  # fmt: skip
        for _ in range(steps):
            self.chance.choice(acts)()

    def do(self, operation: Operation[Any], **given: Any) -> Any:
        """Perform within a savepoint, so that a refusal leaves nothing behind."""
        try:
            with self.work.session.begin_nested():
                return self.work.do(operation, **given)
        except Problem:
            self.refused += 1
            self.work.session.expire_all()
            return None

    def any_of(self, refs: list[str]) -> str:
        return self.chance.choice(refs) if refs else "I-999999999"

    def some(self) -> int:
        return self.chance.choice((1, 99, 5_000, 12_345, self.chance.randint(1, 200_000)))

    def day(self) -> date:
        return START + timedelta(days=self.chance.randint(0, 200))

    def invoice(self) -> None:
        lines = [
            {
                "description": "Work",
                "unit_cents": self.chance.randint(0, 80_000),
                "quantity_milli": self.chance.choice((1_000, 1_500, 333)),
                "taxable": self.chance.random() < 0.6,
                "discount_cents": self.chance.choice((0, 0, 150)),
            }
            for _ in range(self.chance.randint(1, 3))
        ]
        off = self.chance.choice(({}, {}, {"cents": 700}, {"milli_percent": 12_500}))
        draft = self.do(draft_invoice, client=self.client, job=self.job, lines=lines, discount=off)
        issued = self.do(issue_invoice, draft=draft.ref, issued_on=self.day())
        self.invoices.append(issued.ref)

    def quote(self) -> None:
        """Quote, be accepted, and take a deposit for it; some quotes stay without an answer."""
        lines = [{"description": "Work", "unit_cents": self.some()}]
        quote = self.do(add_quote, client=self.client, title="Work", options=[{"lines": lines}])
        self.quotes.append(quote.ref)
        if self.chance.random() < 0.7:
            self.do(mark_quote_sent, quote=quote.ref)
            self.do(accept_quote, quote=quote.ref, name="Ana", terms_version=0)
            paid = self.do(
                record_payment, client=self.client, cents=self.some(), method="check", deposit_for=quote.ref
            )
            self.payments.extend([paid.ref] if paid else [])

    def pay(self) -> None:
        named = [self.any_of(self.invoices)] if self.invoices and self.chance.random() < 0.6 else []
        paid = self.do(
            record_payment, client=self.client, cents=self.some(), method=self.chance.choice(METHODS),
            invoices=named, received_on=self.day(), fee_cents=self.chance.choice((0, 0, 1)),
            external_id=self.chance.choice((None, f"pi_{self.chance.random()}")),
        )  # fmt: skip
        self.payments.extend([paid.ref] if paid else [])

    def deposit(self) -> None:
        paid = self.do(
            record_payment, client=self.client, cents=self.some(), method="card", deposit_for=self.job
        )
        self.payments.extend([paid.ref] if paid else [])

    def credit(self) -> None:
        self.do(credit_invoice, invoice=self.any_of(self.invoices), cents=self.some(), reason="Goodwill")

    def refund(self) -> None:
        self.do(refund_payment, payment=self.any_of(self.payments), cents=self.some())

    def void(self) -> None:
        self.do(void_invoice, invoice=self.any_of(self.invoices), reason="Slip")

    def void_payment(self) -> None:
        self.do(void_payment, payment=self.any_of(self.payments), reason="Bounced")

    def write_off(self) -> None:
        self.do(write_off_invoice, invoice=self.any_of(self.invoices), reason="Gone")

    def use(self) -> None:
        self.do(use_credit, invoice=self.any_of(self.invoices))

    def dispute(self) -> None:
        done = self.do(
            record_dispute, payment=self.any_of(self.payments), cents=self.chance.randint(1, 500),
            external_id=f"dp_{self.chance.random()}", fee_cents=1500,
        )  # fmt: skip
        self.disputes.extend([done.ref] if done else [])

    def close(self) -> None:
        self.do(close_dispute, dispute=self.any_of(self.disputes), won=self.chance.random() < 0.5)

    def rows(self) -> list[Invoice]:
        """Return the invoices as they stand."""
        mine = select(Invoice).where(Invoice.client_id == int(self.client[2:]))
        return list(self.work.session.scalars(mine))

"""What waits when the demo begins: quotes without an answer, work to invoice, work ahead with its price."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from demo.founding import Founded
from opsystem.business.expenses.operations import add_expense
from opsystem.business.invoices.operations import draft_invoice
from opsystem.business.joblines.operations import add_job_line
from opsystem.business.jobs.operations import book_job
from opsystem.business.prices.queries import list_prices
from opsystem.business.prices.records import PriceRow
from opsystem.business.quotes.operations import add_quote, mark_quote_sent
from opsystem.operations import Actor, Role

Booked = tuple[str, str, datetime]
_QUOTED_DAYS_AGO = (1, 3, 6)
_AHEAD, _TO_INVOICE, _SPENT = 9, 3, 14
_BOUGHT = ("Fittings and sealant", "Permit", "Disposal fee", "Rented tool", "Parking", "Special order part")


class Waiting:
    """The making of it in one business; jobs are given with their client and time."""

    def __init__(self, founded: Founded, rng: random.Random, now: datetime) -> None:
        self.vault, self.rng, self.now = founded.vault, rng, now
        self.office: Actor = founded.of(Role.OFFICE)[0]
        self.owner: Actor = founded.of(Role.OWNER)[0]
        prices = [one for one in list_prices.ask(self.vault, self.office) if one.price_cents]
        self.prices: list[PriceRow] = [one for one in prices if one.price_cents >= 40_00] or prices

    def make(self, done: list[Booked], ahead: list[Booked]) -> None:
        """Price what is ahead, leave some work to invoice, some quotes to answer, and write costs down."""
        finished = sorted(done, key=lambda one: one[2])
        for job, _, _ in (*sorted(ahead, key=lambda one: one[2])[:_AHEAD], *finished[-_TO_INVOICE:]):
            add_job_line.perform(
                self.vault, self.office, {"job": job, "price": self._price().ref}, at=self.now
            )
        for days in _QUOTED_DAYS_AGO:
            self._quote(self.rng.choice(finished)[1], self.now - timedelta(days=days))
        price = self._price()
        line = {"description": price.name, "unit_cents": price.price_cents, "price": price.ref}
        draft = {"client": finished[-1][1], "lines": [line]}
        draft_invoice.perform(self.vault, self.office, draft, at=self.now)
        open_job = {"client": finished[-2][1], "title": self._price().name}
        book_job.perform(self.vault, self.office, open_job, at=self.now - timedelta(hours=5))
        for job, _, at in self.rng.sample(finished[-120:], _SPENT):
            spent = {
                "what": self.rng.choice(_BOUGHT), "cents": self.rng.randrange(8_00, 140_00),
                "job": job, "day": at.date(),
            }  # fmt: skip
            add_expense.perform(self.vault, self.owner, spent, at=self.now)

    def _price(self) -> PriceRow:
        return self.rng.choice(self.prices)

    def _quote(self, client: str, at: datetime) -> None:
        price = self._price()
        line = {"description": price.name, "unit_cents": price.price_cents, "price": price.ref}
        given = {"client": client, "title": price.name, "options": [{"name": "", "lines": [line]}]}
        quote = add_quote.perform(self.vault, self.office, given, at=at).value.ref
        mark_quote_sent.perform(self.vault, self.office, {"quote": quote}, at=at)

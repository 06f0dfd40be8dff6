"""Half a year of a sample business's money: quotes and what became of them, invoices, and who paid when."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from demo.founding import Founded
from opsystem.business.acceptance.operations import accept_quote, decline_quote
from opsystem.business.invoices.operations import draft_invoice, issue_invoice
from opsystem.business.payments.operations import record_payment
from opsystem.business.prices.queries import list_prices
from opsystem.business.prices.records import PriceRow
from opsystem.business.quotes.operations import add_quote, mark_quote_sent
from opsystem.business.timesheets.operations import set_hour_cost
from opsystem.kit.refs import make_ref
from opsystem.operations import Actor, Role

INVOICES, QUOTES = 60, 18
_HALF_A_YEAR = timedelta(days=182)
# How many days after the invoice it is paid, and never for the last few of them.
_PAYS_AFTER = (0, 1, 3, 6, 9, 13, 16, 24, 37, 52, None)
_METHODS = ("card", "card", "check", "cash", "bank")
# Hours come in halves, everything else in whole pieces.
_HOURS, _PIECES = (1_000, 1_500, 2_000, 2_500), (1_000, 1_000, 1_000, 1_000, 2_000)
Done = tuple[str, str, datetime]


class Books:
    """The making of the money of one business; `done` are job, client and time of what was finished."""

    def __init__(self, founded: Founded, rng: random.Random, now: datetime) -> None:
        self.vault, self.rng, self.now = founded.vault, rng, now
        self.owner: Actor = founded.of(Role.OWNER)[0]
        self.office = founded.of(Role.OWNER, Role.OFFICE)
        self.crew = founded.of(Role.TECHNICIAN)
        self.prices: list[PriceRow] = [
            one for one in list_prices.ask(self.vault, self.owner) if one.price_cents
        ]

    def make(self, done: list[Done]) -> None:
        """Say what hours cost, quote a few jobs, and invoice and collect what was done lately."""
        for number, worker in enumerate(self.crew):
            given = {"member": make_ref("member", worker.member_id or 1), "cents": 3_150 + 275 * number}
            day = (self.now - timedelta(days=365)).date()
            set_hour_cost.perform(self.vault, self.owner, {**given, "since": day}, at=self.now)
        late = [one for one in done if self.now - _HALF_A_YEAR < one[2] < self.now - timedelta(days=1)]
        for job, client, at in sorted(
            self.rng.sample(late, min(INVOICES, len(late))), key=lambda one: one[2]
        ):
            self._invoice(job, client, at + timedelta(days=1))
        for _, client, at in sorted(self.rng.sample(late, min(QUOTES, len(late))), key=lambda one: one[2]):
            self._quote(client, at)

    def _lines(self) -> list[dict[str, object]]:
        chosen = self.rng.sample(self.prices, min(self.rng.choice((1, 1, 2, 3)), len(self.prices)))
        return [
            {
                "description": one.name, "unit_cents": one.price_cents, "price": one.ref, "unit": one.unit,
                "cost_cents": one.price_cents * self.rng.randrange(18, 42) // 100,
                "quantity_milli": self.rng.choice(_HOURS if one.unit == "hour" else _PIECES),
            }
            for one in chosen
        ]  # fmt: skip

    def _invoice(self, job: str, client: str, at: datetime) -> None:
        actor = self.rng.choice(self.office)
        given = {"client": client, "job": job, "lines": self._lines()}
        draft = draft_invoice.perform(self.vault, actor, given, at=at).value
        issued = issue_invoice.perform(self.vault, actor, {"draft": draft.ref}, at=at).value
        after = self.rng.choice(_PAYS_AFTER)
        if after is None or at + timedelta(days=after) > self.now or not issued.total_cents:
            return
        method = self.rng.choice(_METHODS)
        cents = max(issued.total_cents // (1 if self.rng.random() < 0.95 else 2), 1)
        paid = {
            "client": client, "cents": cents, "method": method, "invoices": [issued.ref],
            "fee_cents": cents * 3 // 100 if method == "card" else 0,
            "reference": str(self.rng.randrange(1_000, 9_000)) if method == "check" else "",
        }  # fmt: skip
        record_payment.perform(self.vault, actor, paid, at=at + timedelta(days=after))

    def _quote(self, client: str, at: datetime) -> None:
        actor, lines = self.rng.choice(self.office), self._lines()
        title = str(lines[0]["description"])
        options = [{"name": "", "lines": lines}]
        quote = add_quote.perform(
            self.vault, actor, {"client": client, "title": title, "options": options}, at=at
        )
        ref = quote.value.ref
        mark_quote_sent.perform(self.vault, actor, {"quote": ref}, at=at)
        answered = at + timedelta(days=self.rng.randrange(1, 8))
        luck = self.rng.random()
        if answered > self.now or luck < 0.15:
            return
        if luck < 0.62:
            given = {"quote": ref, "name": "Agreed by phone", "terms_version": 0}
            accept_quote.perform(self.vault, actor, given, at=answered)
        else:
            declined = {"quote": ref, "reason": "Went with somebody else"}
            decline_quote.perform(self.vault, actor, declined, at=answered)

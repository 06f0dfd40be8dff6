"""Gulf Plumbing's till: a vault, its account at the sandbox's Stripe, and a client who owes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import update

from opsystem.business.collecting.begin import begin_checkout
from opsystem.business.collecting.keeping import Errand
from opsystem.business.collecting.operations import connect_stripe
from opsystem.business.collecting.records import Begun
from opsystem.business.invoices.operations import draft_invoice, issue_invoice
from opsystem.business.ledger.queries import list_accounts
from opsystem.delivery.collecting.hearing import hear_next
from opsystem.delivery.collecting.looking import note_standing
from opsystem.delivery.collecting.nightly import store_brief
from opsystem.delivery.collecting.paying import page_address
from opsystem.delivery.collecting.route import StripeRoute
from opsystem.kit import clock
from opsystem.vault import Vault
from opsystem.vendors import stripe
from sandbox.testing import Running
from tests.business.opening import ALICE

KEY = "key of the account"


@dataclass
class Till:
    """One business with Stripe connected; `maria` is its client."""

    vault: Vault
    vendors: Running
    route: StripeRoute
    maria: str

    def connect(self, what: str = "all") -> str:
        """Connect Stripe as an owner does, and note how the account is."""
        connect_stripe.perform(self.vault, ALICE)
        made = stripe.create_account(self.route.config, business=7, key=KEY, **self.route.about("Stripe"))
        link = stripe.account_link(
            self.route.config, made.account, back="http://localhost:1/b", again="http://localhost:1/b",
            **self.route.about("Stripe"),
        )  # fmt: skip
        self.vendors.complete_account(link, what)
        state = stripe.account_state(self.route.config, made.account, **self.route.about("Stripe"))
        note_standing(self.route, state)
        with self.vault.mechanics() as session:
            # The worker's own errand, which the lines above have run without a control plane.
            session.execute(update(Errand).values(due_at=None))
        return made.account

    def invoice(self, cents: int = 24_000, client: str = "") -> str:
        """Issue an invoice and return its reference."""
        lines = [{"description": "Water heater", "quantity_milli": 1000, "unit_cents": cents}]
        draft = draft_invoice.perform(self.vault, ALICE, {"client": client or self.maria, "lines": lines})
        return issue_invoice.perform(self.vault, ALICE, {"draft": draft.value.ref}).value.ref

    def page(self, invoice: str, **more: object) -> tuple[Begun, str]:
        """Begin a payment page of an invoice and return it with its address."""
        given = {"client": self.maria, "invoice": invoice, **more}
        begun = begin_checkout.perform(self.vault, ALICE, given).value
        return begun, page_address(self.route, begun)

    def news(self) -> list[stripe.EventBrief]:
        """Everything Stripe has told so far, the oldest first."""
        long_ago = clock.now().replace(year=2026, month=1)
        return stripe.events_since(
            self.route.config, self.route.account(), long_ago, **self.route.about("news")
        )

    def hear(self) -> int:
        """Store all news and look after it; return how many were new."""
        new = sum(store_brief(self.route, brief) for brief in self.news())
        while hear_next(self.route, clock.now()):
            pass
        return new

    def balance(self) -> dict[str, int]:
        """The books: US cents by account."""
        return {row.account: row.balance_cents for row in list_accounts.ask(self.vault, ALICE)}

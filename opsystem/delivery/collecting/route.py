"""The way from one vault to Stripe: its account there, our address, and the ledger of what is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from opsystem.business.collecting.models import StripeAccount
from opsystem.control.installation import installation
from opsystem.kit.errors import Conflict
from opsystem.operations import Actor
from opsystem.vault import Vault
from opsystem.vault.disclosures import DisclosureLedger
from opsystem.vendors.accounts import StripeConfig

ACTOR = Actor.vendor("stripe")


@dataclass(frozen=True)
class StripeRoute:
    """A vault, its business's number, and the installation it goes through."""

    vault: Vault
    number: int
    base_url: str
    config: StripeConfig

    def about(self, ref: str, initiator: str = "system") -> dict[str, Any]:
        """Return what every call tells the disclosure ledger."""
        return {"ledger": DisclosureLedger(self.vault), "ref": ref, "initiator": initiator}

    def account(self) -> str:
        """Return the business's account. Raises Conflict where there is none."""
        with self.vault.reading() as session:
            row = session.get(StripeAccount, 1)
        if row is None or row.account is None:
            raise Conflict("Stripe is not connected.", code="not_connected")
        return row.account


def route_of(vault: Vault, number: int) -> StripeRoute:
    """Return the way from a vault to Stripe."""
    told = installation()
    return StripeRoute(vault, number, told.base_url, told.stripe)

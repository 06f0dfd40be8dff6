"""The disclosure ledger of a vault: the row is committed before the byte leaves (promise P3.8)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert

from opsystem.kit import clock
from opsystem.vault import Vault
from opsystem.vendors.disclosures import Disclosure


@dataclass(frozen=True)
class VaultLedger:
    """Writes what is disclosed into the vault it is disclosed of."""

    vault: Vault

    def record(self, disclosure: Disclosure) -> None:
        """Write one row and commit it."""
        with self.vault.mechanics() as session:
            session.execute(
                insert(self.vault.schema.tables.disclosure).values(
                    at=clock.now(),
                    vendor=disclosure.vendor,
                    purpose=disclosure.purpose,
                    categories=", ".join(disclosure.categories),
                    bytes=disclosure.bytes,
                    initiator=disclosure.initiator,
                    ref=disclosure.ref,
                )
            )

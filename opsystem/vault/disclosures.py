"""The disclosure ledger: what left this vault, to whom, why, on whose initiative (promise P3.8).

The row is committed before the byte leaves. What was said is never in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import insert

from opsystem.kit import clock
from opsystem.vault.handle import Vault


class Disclosed(Protocol):
    """What is known of one request to a vendor before it is sent. `bytes` is its length."""

    @property
    def vendor(self) -> str: ...  # noqa: D102
    @property
    def purpose(self) -> str: ...  # noqa: D102
    @property
    def categories(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def bytes(self) -> int: ...  # noqa: D102
    @property
    def initiator(self) -> str: ...  # noqa: D102
    @property
    def ref(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class DisclosureLedger:
    """Writes what is disclosed into the vault it is disclosed of."""

    vault: Vault

    def record(self, disclosure: Disclosed) -> None:
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

"""Ledgers of the tests: one that keeps, one that cannot write."""

from __future__ import annotations

from opsystem.vendors.disclosures import Disclosure


class KeepingLedger:
    """Keeps its rows in a list."""

    def __init__(self) -> None:
        self.rows: list[Disclosure] = []

    def record(self, disclosure: Disclosure) -> None:
        """Keep the row."""
        self.rows.append(disclosure)


class FullDiskError(OSError):
    """What a ledger raises that cannot write."""


class BrokenLedger:
    """Cannot write."""

    def record(self, disclosure: Disclosure) -> None:
        """Fail as a full disk does."""
        raise FullDiskError(28, f"no room for a row about {disclosure.vendor}")

"""Checking the journal of an open vault, as a whole or against a head that was kept elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from opsystem.vault.database import driver_connection
from opsystem.vault.handle import Vault
from opsystem.vault.journals.chain_check import ChainReport, check_chain
from opsystem.vault.journals.chain_reading import read_chain
from opsystem.vault.journals.heads import Head


def check_journal(vault: Vault, known: Sequence[Head] = ()) -> ChainReport:
    """Read the whole journal and report what is wrong; `known` are heads kept outside of the vault."""
    with vault.reading() as session:
        chain = read_chain(driver_connection(session.connection()))
    return check_chain(chain, vault.signer.public, known)


def leads_to(vault: Vault, head: Head) -> bool:
    """Tell, without reading everything, whether the journal has the entry that a head was signed over."""
    with vault.reading() as session:
        connection = driver_connection(session.connection())
        found = connection.execute(
            "SELECT 1 FROM change_set WHERE hash = ? AND position = ?", (head.hash, head.position)
        )
        return found.fetchone() is not None

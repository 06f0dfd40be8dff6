"""What an export is made from: one state of the vault, held by one read transaction until the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from opsystem.vault import Vault, VaultSchema
from opsystem.vault.disk.files import FileStore


@dataclass(frozen=True)
class Source:
    """A vault as it was at one moment: its rows by the session, its files by their ids."""

    session: Session
    files: FileStore
    schema: VaultSchema


@contextmanager
def one_state(vault: Vault) -> Iterator[Source]:
    """Give the vault as it is now; whoever writes meanwhile is neither waited for nor seen."""
    with vault.reading() as session:
        session.execute(text("SELECT count(*) FROM change_set"))  # the first read is what fixes the state
        yield Source(session, vault.files, vault.schema)

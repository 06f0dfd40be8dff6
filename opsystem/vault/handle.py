"""The handle of an open vault: held, passed as an argument, closed. Never ambient.

A vault is a directory with one encrypted database and encrypted files. Whoever holds the
handle may read (`reading`) and, standing for somebody, write (`writing`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from opsystem.vault.checking import is_damaged
from opsystem.vault.database import DATABASE_NAME, driver_connection, make_engine
from opsystem.vault.disk.files import FileStore
from opsystem.vault.disk.paths import VaultDirectory
from opsystem.vault.disk.storage import storage_told
from opsystem.vault.doorplate import Doorplate
from opsystem.vault.errors import StorageProblem, VaultMissing, VaultUnreadable
from opsystem.vault.journals.heads import SIGN_AFTER, Signer
from opsystem.vault.journals.journal import Author, ChangeSet, begin_change_set, end_change_set
from opsystem.vault.keys import derive
from opsystem.vault.making import make_database
from opsystem.vault.migration import bring_up_to_date, expect_version
from opsystem.vault.schema import VaultSchema

_UNFINISHED = f"{DATABASE_NAME}.new"

Wake = Callable[[str, datetime], None]


def _no_alarm(lane: str, due_at: datetime) -> None:
    """Take no notice: nobody outside waits for this vault."""


class Vault:
    """One business's whole world, open.

    `wake` is told, before a change commits, at which time which lane of work wants attention:
    a wake-up too many costs nothing, one too few would lose work. `doorplate` says where its pages stand.
    """

    def __init__(
        self,
        path: Path,
        vault_id: str,
        key: bytes,
        schema: VaultSchema,
        *,
        wake: Wake = _no_alarm,
        connections: int = 2,
        doorplate: Doorplate | None = None,
    ) -> None:
        if not path.is_dir():
            raise VaultMissing("This vault's directory is missing.", code="vault_missing")
        self.id = vault_id
        self.path = path
        self.schema = schema
        self.wake = wake
        self.doorplate = doorplate or Doorplate()
        with storage_told(path):
            self.directory = VaultDirectory.open(path)
        self._engine: Engine = make_engine(
            path / DATABASE_NAME, derive(key, vault_id, "db"), connections=connections
        )
        self._writer = self._engine.execution_options(vault_write=True)
        try:
            with storage_told(path):
                self._expect_database()
                bring_up_to_date(self._engine, schema)
        except BaseException:
            self.close()
            raise
        self.files = FileStore(self.directory, key, vault_id)
        self.parcels = FileStore(self.directory, key, vault_id, "parcels")
        self.arrivals = FileStore(self.directory, key, vault_id, "arrivals")
        self.signer = Signer(derive(key, vault_id, "audit"))

    @classmethod
    def create(
        cls, path: Path, vault_id: str, key: bytes, schema: VaultSchema, *, wake: Wake = _no_alarm
    ) -> Self:
        """Make a new vault at `path` and return it open. Raises FileExistsError when there is one.

        The database is made under another name, and gets its own when it is whole and safe on disk. What
        cannot be finished is removed again. Raises StorageProblem.
        """
        with storage_told(path.parent):
            directory = VaultDirectory.create(path)
            with directory:
                try:
                    make_database(path / _UNFINISHED, derive(key, vault_id, "db"), schema)
                    with directory.open_file(_UNFINISHED) as whole:
                        os.fsync(whole.fileno())
                    directory.replace(_UNFINISHED, DATABASE_NAME)
                    directory.fsync_dir()
                except BaseException:
                    VaultDirectory.discard(path)
                    raise
        return cls(path, vault_id, key, schema, wake=wake)

    def _expect_database(self) -> None:
        """Refuse a missing database, and anything in its place that is not a plain file of this vault."""
        try:
            self.directory.stat(DATABASE_NAME)
        except FileNotFoundError:
            raise VaultMissing("This vault's database is missing.", code="vault_missing") from None

    @contextmanager
    def _disk_told(self) -> Iterator[None]:
        """Say what the disk says, and go on with new connections: the engine remembers a failed read."""
        try:
            with storage_told(self.path):
                yield
        except (StorageProblem, VaultUnreadable):
            self._engine.dispose()
            raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session on one consistent state of the vault. Nothing it does is kept."""
        with (
            self._disk_told(),
            Session(self._engine, expire_on_commit=False, autoflush=False) as session,
        ):
            yield session

    @contextmanager
    def writing(self, author: Author, at: datetime) -> Iterator[tuple[Session, ChangeSet]]:
        """Give a session whose changes are committed whole at the end, in the author's name."""
        with (
            self._disk_told(),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            expect_version(session, self.schema)
            change_set = begin_change_set(session, self.schema, author, at)
            try:
                yield session, change_set
                session.flush()
                end_change_set(session, self.schema, change_set, self.signer)
                if change_set.link is not None and change_set.link.unsigned == 1:
                    self.wake("journal", at + SIGN_AFTER)
            finally:
                change_set.release()

    @contextmanager
    def mechanics(self) -> Iterator[Session]:
        """Give a session that may write the vault's own mechanics only (outbox states, requests).

        A change of a journalled table inside it fails in the database.
        """
        with (
            self._disk_told(),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            expect_version(session, self.schema)
            yield session

    def rewrite(self) -> bool:
        """Write the database anew without what was deleted from it, and empty its log.

        Returns False when a reader was in the way of the log: to be tried again.
        """
        with self._disk_told():
            pooled = self._engine.raw_connection()
            try:
                cursor = pooled.cursor()
                cursor.execute("VACUUM")
                busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                pooled.close()
        return not busy

    def check(self) -> None:
        """Read the whole database and compare every page with its authentication code.

        Raises VaultUnreadable when any page is damaged.
        """
        with self._disk_told(), self._engine.connect() as connection:
            # Outside of a transaction: inside one, the log cannot be carried over.
            driver = driver_connection(connection)
            damaged = is_damaged(lambda statement: [row[0] for row in driver.execute(statement)])
        if damaged:
            raise VaultUnreadable("This vault's database is damaged.", code="vault_damaged")

    def close(self) -> None:
        """Close every connection and descriptor. The handle is of no use afterwards."""
        self._engine.dispose()
        self.directory.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

"""The encrypted database of one vault: SQLCipher through SQLAlchemy.

Raw 256-bit keys are used, so that opening costs no key stretching. All engines share one
dialect and one cache of compiled statements: an open vault costs connections, nothing else.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache
from sqlcipher3 import dbapi2 as sqlcipher

from opsystem.vault.disk.storage import storage_told
from opsystem.vault.errors import StorageProblem, VaultMissing, VaultUnreadable
from opsystem.vault.journals.seals import new_seal

DATABASE_NAME = "vault.db"
PRAGMAS = (
    # This one first: changing it later makes the engine forget the schema and read it a second time.
    "PRAGMA temp_store = MEMORY",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    # In KiB. The list of 10,000 clients walks through some 1.5 MB; with less it is deciphered anew each time.
    "PRAGMA cache_size = -2000",
)
_BUSY_SECONDS = 10.0
_READ_SCHEMA = "SELECT count(*) FROM sqlite_master"
_STATEMENTS: MutableMapping[Any, Any] = LRUCache(2000)


class VaultConnection(sqlcipher.Connection):  # type: ignore[misc]
    """A connection that knows for which change set it writes."""

    change_set_id: int | None = None


def key_pragma(key: bytes) -> str:
    """Return the statement that gives a connection its raw key."""
    return f"PRAGMA key = \"x'{key.hex()}'\""


def connect(path: Path, key: bytes) -> VaultConnection:
    """Open an existing database file with its key.

    Raises VaultMissing when there is none, VaultUnreadable when the key does not open it, StorageProblem when
    the disk does not let it be opened.
    """
    if not path.exists():
        raise VaultMissing("This vault's database is missing.", code="vault_missing")
    try:
        connection = _connect(path, key)
    except VaultUnreadable:
        # A salt that the engine could not read is another one to it: one failed read looks like a wrong key.
        connection = _connect(path, key)
    connection.create_function("current_change_set", 0, lambda: connection.change_set_id)
    connection.create_function("new_seal", 2, new_seal)
    return connection


def key_fits(path: Path, key: bytes) -> bool:
    """Say whether a database file opens with this key. False when it is damaged or missing too.

    Its first page is looked at, through the engine: a descriptor of our own would, when it is closed, drop
    the locks of this process's other connections (https://www.sqlite.org/howtocorrupt.html, section 2.2).
    """
    if not path.exists():
        return False
    try:
        with closing(_connect(path, key, proof="PRAGMA user_version")):
            return True
    except (VaultUnreadable, StorageProblem):
        return False


def _connect(path: Path, key: bytes, proof: str = _READ_SCHEMA) -> VaultConnection:
    with storage_told(path.parent):
        connection: VaultConnection = sqlcipher.connect(
            f"file:{quote(str(path))}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=_BUSY_SECONDS,
            factory=VaultConnection,
        )
        try:
            connection.execute(key_pragma(key))
            for pragma in PRAGMAS:
                connection.execute(pragma)
            # The first read is what proves the key.
            connection.execute(proof).fetchone()
        except sqlcipher.DatabaseError:
            connection.close()
            raise
    return connection


def _shared_dialect() -> Engine:
    """Return the engine whose initialised dialect all vaults share."""
    engine = create_engine("sqlite://", module=sqlcipher, creator=lambda: sqlcipher.connect(":memory:"))
    with engine.connect():
        return engine


_TEMPLATE = _shared_dialect()


def make_engine(path: Path, key: bytes, *, connections: int) -> Engine:
    """Return an engine on one vault's database with a small pool of open connections.

    An engine with the execution option `vault_write` begins its transactions as writers, so
    that two writers queue instead of failing at commit.
    """
    # The connection given back last comes first: its pages are warm, the other's need not be.
    pool = QueuePool(
        lambda: connect(path, key),
        pool_size=connections,
        max_overflow=16,
        timeout=30,
        reset_on_return=None,
        use_lifo=True,
    )
    engine = Engine(pool, _TEMPLATE.dialect, _TEMPLATE.url, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine.execution_options(compiled_cache=_STATEMENTS)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("vault_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def driver_connection(connection: Connection) -> VaultConnection:
    """Return the driver's connection under a SQLAlchemy connection."""
    raw = connection.connection.driver_connection
    if not isinstance(raw, VaultConnection):
        raise TypeError("not a connection to a vault")
    return raw

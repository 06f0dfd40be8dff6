"""The sandbox's memory: one SQLite file in its state directory.

A vendor that has answered "accepted" must not forget it when its process is killed, so every write is
committed before the answer leaves. One event loop uses one connection; nothing here waits for a network.
"""

from __future__ import annotations

import fcntl
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_SCHEMA = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")

Row = sqlite3.Row


class StateInUseError(Exception):
    """Two sandboxes cannot share one state directory."""


class Store:
    """The state file. `news` changes whenever something a page shows has changed."""

    def __init__(self, state_dir: Path) -> None:
        """Open the state below `state_dir`, or begin with none."""
        state_dir.mkdir(parents=True, exist_ok=True)
        self._lock = (state_dir / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StateInUseError(f"Another sandbox is using {state_dir}.") from error
        self._connection = sqlite3.connect(state_dir / "sandbox.sqlite3", isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")  # safe against a killed process
        self._connection.executescript(_SCHEMA)
        self._life = secrets.token_hex(4)
        self._changes = 0

    @property
    def news(self) -> str:
        """A word that is another one after every change."""
        return f"{self._life}-{self._changes}"

    def tell(self) -> None:
        """Say that something a page shows has changed."""
        self._changes += 1

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction; it may stand inside another one."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        self.tell()

    def run(self, statement: str, *values: Any, **names: Any) -> int:
        """Execute one statement; the id of the row it added, or the number of rows it changed."""
        cursor = self._connection.execute(statement, names or values)
        return int(cursor.lastrowid or 0) if statement.lstrip()[:6].upper() == "INSERT" else cursor.rowcount

    def add(self, table: str, **columns: Any) -> int:
        """Insert a row and give its id."""
        names, places = ", ".join(columns), ", ".join("?" * len(columns))
        return self.run(f"INSERT INTO {table} ({names}) VALUES ({places})", *columns.values())  # noqa: S608

    def all(self, statement: str, *values: Any, **names: Any) -> list[Row]:
        """Every row of a query."""
        return self._connection.execute(statement, names or values).fetchall()

    def one(self, statement: str, *values: Any, **names: Any) -> Row | None:
        """The first row of a query, if there is one."""
        row: Row | None = self._connection.execute(statement, names or values).fetchone()
        return row

    def get(self, statement: str, *values: Any) -> Row:
        """The first row of a query that must have one."""
        row = self.one(statement, *values)
        if row is None:
            raise LookupError(f"no row for: {statement}")
        return row

    def reset(self) -> None:
        """Forget everything."""
        with self.writing():
            for row in self.all(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ):
                self.run(f'DELETE FROM "{row["name"]}"')  # noqa: S608  # names are our own schema's
        self._connection.execute("DELETE FROM sqlite_sequence")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
        self._lock.close()

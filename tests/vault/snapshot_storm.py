"""A vault that is never left in peace: run as a process of its own, `write` or `disturb`.

A writer writes the same number into rows that fill many pages, and adds one row, in one transaction. So a
state that was committed has one number everywhere, and as many added rows.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from opsystem.vault.database import DATABASE_NAME, VaultConnection, connect
from opsystem.vault.keys import derive
from tests.vault.toys import KEY, toy_vault

ROWS, FILLING = 60, "x" * 3000
_MODES = ("PASSIVE", "FULL", "RESTART", "TRUNCATE")


def opened(vault: Path, name: str = DATABASE_NAME) -> VaultConnection:
    return connect(vault / name, derive(KEY, "toy", "db"))


def make(vault: Path) -> None:
    toy_vault(vault).close()
    connection = opened(vault)
    connection.execute("CREATE TABLE page (id INTEGER PRIMARY KEY, number INTEGER, filling TEXT)")
    connection.execute("CREATE TABLE step (id INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO page VALUES (?, 0, ?)", [(row, FILLING) for row in range(ROWS)])
    connection.close()


def number_in(connection: VaultConnection) -> int:
    """Return the number of the committed state a connection sees. Fails when it is none."""
    connection.execute("BEGIN")
    numbers = {number for (number,) in connection.execute("SELECT number FROM page")}
    (steps,) = connection.execute("SELECT count(*) FROM step").fetchone()
    connection.execute("COMMIT")
    assert numbers == {steps}, f"torn between {numbers}, {steps} steps"
    return int(steps)


def write(vault: Path, acknowledged: Path, seed: int) -> None:
    chance = random.Random(seed)
    connection = opened(vault)
    connection.execute(f"PRAGMA wal_autocheckpoint = {chance.choice((1, 20, 100, 1000))}")
    # The storm is about the order of writes, not about power: without waiting for the disk it blows harder.
    connection.execute("PRAGMA synchronous = OFF")
    with acknowledged.open("r+b", buffering=0) as told:
        while True:
            connection.execute("BEGIN IMMEDIATE")
            (number,) = connection.execute("SELECT count(*) + 1 FROM step").fetchone()
            rows = f"{FILLING[:-20]}{number:020d}"
            connection.execute("UPDATE page SET number = ?, filling = ?", (number, rows))
            connection.execute("INSERT INTO step VALUES (?)", (number,))
            if chance.random() < 0.1:
                connection.execute("ROLLBACK")
                continue
            connection.execute("COMMIT")
            told.seek(0)
            told.write(f"{number:020d}".encode())
            if chance.random() < 0.02:
                # The last one out moves the log into the database and removes it.
                connection.close()
                connection = opened(vault)
                connection.execute("PRAGMA synchronous = OFF")


def disturb(vault: Path, seed: int) -> None:
    chance = random.Random(seed)
    while True:
        connection = opened(vault)
        connection.execute("PRAGMA busy_timeout = 50")
        for _ in range(chance.randrange(1, 20)):
            try:
                connection.execute(f"PRAGMA wal_checkpoint({chance.choice(_MODES)})").fetchone()
            except sqlcipher.OperationalError as busy:
                assert "lock" in str(busy), busy
            time.sleep(chance.random() * 0.004)
        connection.close()


if __name__ == "__main__":
    what, place, *rest = sys.argv[1:]
    if what == "write":
        write(Path(place), Path(rest[0]), int(rest[1]))
    else:
        disturb(Path(place), int(rest[0]))

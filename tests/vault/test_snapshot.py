"""A snapshot is one committed state of a vault that others are writing to, with the bytes as they lie."""

from __future__ import annotations

import io
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from typing_extensions import Buffer

from opsystem.vault import Vault, snapshot
from opsystem.vault.database import DATABASE_NAME
from opsystem.vault.disk.paths import VaultDirectory
from opsystem.vault.errors import VaultMissing, VaultUnreadable
from opsystem.vault.keys import derive
from opsystem.vault.snapshot import take_snapshot
from tests.processes import ROOT
from tests.vault import snapshot_storm as storm
from tests.vault.toys import KEY, SCHEMA, contents, put_box, toy_vault

PAGE = 4096
STORM_SECONDS = 2.0


def copy_of(vault: Path, folder: Path, name: str = "copy.db") -> Path:
    folder.mkdir(exist_ok=True)
    take_snapshot(vault, "toy", KEY, folder, name)
    return folder / name


@contextmanager
def children(*orders: list[str]) -> Iterator[None]:
    """Run parts of the storm until the block ends; each must still be alive then."""
    started = [
        subprocess.Popen([sys.executable, "-m", "tests.vault.snapshot_storm", *order], cwd=ROOT)
        for order in orders
    ]
    try:
        yield
        assert [child.poll() for child in started] == [None] * len(started)
    finally:
        for child in started:
            child.kill()
            child.wait()


def test_every_copy_taken_in_a_storm_of_writers_and_checkpoints_is_a_committed_state(tmp_path: Path) -> None:
    vault, acknowledged, copies = tmp_path / "v", tmp_path / "acknowledged", tmp_path / "copies"
    storm.make(vault)
    acknowledged.write_bytes(b"0" * 20)
    orders = [["write", str(vault), str(acknowledged), str(seed)] for seed in (1, 2)]
    taken: list[tuple[int, int, Path]] = []
    with children(*orders, ["disturb", str(vault), "3"]):
        while not int(acknowledged.read_bytes()):
            time.sleep(0.01)
        until = time.monotonic() + STORM_SECONDS
        while time.monotonic() < until:
            before = int(acknowledged.read_bytes())
            copy = copy_of(vault, copies, f"{len(taken)}.db")
            # The other writer may have committed and not said so yet.
            taken.append((before, int(acknowledged.read_bytes()) + 2, copy))
    numbers = []
    for before, after, copy in taken:
        connection = storm.opened(copies, copy.name)
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        numbers.append(storm.number_in(connection))
        connection.close()
        assert before <= numbers[-1] <= after
    assert len(taken) >= 8
    assert len(set(numbers)) > len(numbers) // 2  # the storm did blow


class Nudged(io.FileIO):
    """A file; after its first piece is written, something happens."""

    happens: list[Callable[[], None]]

    def write(self, piece: Buffer) -> int:
        written = super().write(piece)
        while self.happens:
            self.happens.pop()()
        return written


class Nudging(VaultDirectory):
    """A folder for copies whose files are such."""

    happens: list[Callable[[], None]]

    def create_exclusive(self, relative: str, *, buffering: int = 0) -> BinaryIO:
        with super().create_exclusive(relative, buffering=buffering) as plain:
            made = Nudged(os.dup(plain.fileno()), "r+b")
        made.happens = self.happens
        return cast("BinaryIO", made)


def test_a_log_that_is_begun_anew_while_it_is_copied_brings_no_old_page_back(tmp_path: Path) -> None:
    storm.make(tmp_path / "v")
    writer = storm.opened(tmp_path / "v")
    writer.execute("PRAGMA wal_autocheckpoint = 0")

    def step(size: int = 3000) -> None:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO step SELECT count(*) + 1 FROM step")
        writer.execute("UPDATE page SET number = number + 1, filling = ?", ("y" * size,))
        writer.execute("COMMIT")

    step()
    while (tmp_path / "v" / f"{DATABASE_NAME}-wal").stat().st_size < 6 << 20:
        step()
    _, frames, moved = writer.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    assert frames == moved
    (tmp_path / "copies").mkdir()
    with Nudging.open(tmp_path / "copies") as target, VaultDirectory.open(tmp_path / "v") as source:
        target.happens = [lambda: step(60_000)]
        key = derive(KEY, "toy", "db")
        snapshot._copy(tmp_path / "v", source, key, tmp_path / "copies" / "copy.db", target)
        assert not target.happens
    copy = storm.opened(tmp_path / "copies", "copy.db")
    assert copy.execute("PRAGMA cipher_integrity_check").fetchall() == []
    assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert storm.number_in(copy) == storm.number_in(writer)
    copy.close()
    writer.close()


def test_a_snapshot_is_one_file_that_opens_as_the_vault_and_holds_what_was_saved(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        put_box(vault, "tools")
        copy = copy_of(tmp_path / "v", tmp_path / "copies")
        put_box(vault, "nails")
        assert [path.name for path in copy.parent.iterdir()] == [copy.name]
        (tmp_path / "r").mkdir()
        copy.rename(tmp_path / "r" / DATABASE_NAME)
        with Vault(tmp_path / "r", "toy", KEY, SCHEMA) as restored:
            restored.check()
            assert [row[1] for row in contents(restored)["box"]] == ["tools"]
        assert [row[1] for row in contents(vault)["box"]] == ["tools", "nails"]


def test_pages_that_did_not_change_have_the_same_bytes_in_the_next_snapshot(tmp_path: Path) -> None:
    storm.make(tmp_path / "v")
    live = storm.opened(tmp_path / "v")
    first = copy_of(tmp_path / "v", tmp_path / "copies", "1.db").read_bytes()
    live.execute("UPDATE page SET number = 1 WHERE id = 5")
    second = copy_of(tmp_path / "v", tmp_path / "copies", "2.db").read_bytes()
    live.close()
    changed = [at for at in range(0, len(second), PAGE) if first[at : at + PAGE] != second[at : at + PAGE]]
    assert 0 < len(changed) <= 2
    assert b"SQLite format" not in first


def test_a_snapshot_of_what_cannot_be_opened_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    with pytest.raises(VaultMissing):
        (tmp_path / "empty").mkdir()
        copy_of(tmp_path / "empty", folder)
    toy_vault(tmp_path / "v").close()
    with pytest.raises(VaultUnreadable):
        take_snapshot(tmp_path / "v", "toy", secrets.token_bytes(32), folder, "copy.db")
    assert list(folder.iterdir()) == []


def locks_on(file: Path) -> list[str]:
    """Return the kinds of locks this process holds on a file (proc(5), /proc/locks)."""
    lines = [line.split() for line in Path("/proc/locks").read_text().splitlines() if "->" not in line]
    mine, inode = str(os.getpid()), str(file.stat().st_ino)
    return [line[3] for line in lines if line[4] == mine and line[5].rpartition(":")[2] == inode]


def test_an_open_vault_keeps_its_locks_while_its_own_process_takes_snapshots(tmp_path: Path) -> None:
    database = tmp_path / "v" / DATABASE_NAME
    with toy_vault(tmp_path / "v") as vault:
        put_box(vault, "tools")
        before = locks_on(database)
        copy_of(tmp_path / "v", tmp_path / "copies")
        assert locks_on(database) == before == ["READ"]
        database.open("rb").close()
        assert locks_on(database) == []  # what a plain copy in this process would have done

from __future__ import annotations

import secrets
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from opsystem.vault import Vault, VaultPool
from opsystem.vault.database import DATABASE_NAME
from opsystem.vault.errors import VaultMissing, VaultUnreadable
from tests.vault.toys import BOX, KEY, SCHEMA, acting, contents, put_box, scalar, toy_vault

CANARY = "canary-7f3a-wombat"


def test_what_is_written_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        put_box(vault, "tools")
    with Vault(tmp_path / "v", "toy", KEY, SCHEMA) as vault:
        assert contents(vault)["box"] == [(1, "tools", None)]


def test_no_file_of_an_open_or_closed_vault_shows_a_word_of_it(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        put_box(vault, CANARY, CANARY)
        open_bytes = b"".join(path.read_bytes() for path in (tmp_path / "v").rglob("*") if path.is_file())
    closed_bytes = b"".join(path.read_bytes() for path in (tmp_path / "v").rglob("*") if path.is_file())
    assert open_bytes
    assert closed_bytes
    assert CANARY.encode() not in open_bytes + closed_bytes
    assert b"SQLite format" not in closed_bytes


def test_a_wrong_key_is_reported_as_that_and_changes_nothing(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        put_box(vault, "tools")
    before = (tmp_path / "v" / DATABASE_NAME).read_bytes()
    with pytest.raises(VaultUnreadable, match="key does not open it"):
        Vault(tmp_path / "v", "toy", secrets.token_bytes(32), SCHEMA)
    with pytest.raises(VaultUnreadable):
        Vault(tmp_path / "v", "another-vault", KEY, SCHEMA)
    assert (tmp_path / "v" / DATABASE_NAME).read_bytes() == before


@pytest.mark.parametrize("place", [0, 100, 5000])
def test_a_damaged_file_is_reported_as_damaged_and_never_as_empty(tmp_path: Path, place: int) -> None:
    with toy_vault(tmp_path / "v") as vault:
        put_box(vault, "tools")
    file = tmp_path / "v" / DATABASE_NAME
    damaged = bytearray(file.read_bytes())
    damaged[place] ^= 0xFF
    file.write_bytes(damaged)
    with pytest.raises(VaultUnreadable), Vault(tmp_path / "v", "toy", KEY, SCHEMA) as vault:
        vault.check()
    assert file.read_bytes() == bytes(damaged)


def test_a_missing_vault_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(VaultMissing):
        Vault(tmp_path / "nowhere", "toy", KEY, SCHEMA)
    (tmp_path / "empty").mkdir()
    with pytest.raises(VaultMissing):
        Vault(tmp_path / "empty", "toy", KEY, SCHEMA)
    assert not list((tmp_path / "empty").iterdir())


def test_a_vault_is_never_made_over_another_one(tmp_path: Path) -> None:
    toy_vault(tmp_path / "v").close()
    with pytest.raises(FileExistsError):
        toy_vault(tmp_path / "v")


def test_a_write_outside_an_operation_fails_in_the_database(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        with pytest.raises(IntegrityError, match="change_set_id"), vault.mechanics() as session:
            session.execute(insert(BOX).values(name="smuggled"))
        put_box(vault, "tools")
        with pytest.raises(IntegrityError, match="change_set_id"), vault.mechanics() as session:
            session.execute(update(BOX).values(name="smuggled"))
        assert contents(vault)["box"] == [(1, "tools", None)]


def test_a_failed_write_leaves_nothing_behind_not_even_its_change_set(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        with pytest.raises(ZeroDivisionError), acting(vault) as (session, _):
            session.execute(insert(BOX).values(name="half"))
            _ = 1 / 0
        assert contents(vault)["box"] == []
        assert scalar(vault, "SELECT count(*) FROM change_set") == 0


def test_an_act_that_changes_nothing_leaves_no_change_set(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        with acting(vault) as (session, _):
            session.execute(select(BOX))
        assert scalar(vault, "SELECT count(*) FROM change_set") == 0


def test_sixteen_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        threads = [
            threading.Thread(target=lambda n=n: [put_box(vault, f"{n}-{i}") for i in range(5)])
            for n in range(16)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(contents(vault)["box"]) == 80
        assert scalar(vault, "SELECT count(*) FROM change WHERE table_name = 'box'") == 80


_WRITER = """
import sys
from pathlib import Path
from tests.vault.toys import KEY, SCHEMA, put_box
from opsystem.vault import Vault
with Vault(Path(sys.argv[1]), "toy", KEY, SCHEMA) as vault:
    for number in range(100_000):
        put_box(vault, f"box {number}")
        print(number, flush=True)
"""


@pytest.mark.kill
def test_kill_9_in_the_middle_loses_no_acknowledged_write(tmp_path: Path) -> None:
    toy_vault(tmp_path / "v").close()
    for round_ in range(4):
        with toy_vault(tmp_path / f"w{round_}"):
            pass
        process = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path / f"w{round_}")], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        last = -1
        for line in process.stdout:
            last = int(line)
            if last >= 10 + 7 * round_:
                break
        process.kill()
        last = max([last, *(int(line) for line in process.stdout.read().split())])
        process.wait()
        with Vault(tmp_path / f"w{round_}", "toy", KEY, SCHEMA) as vault:
            vault.check()
            names = {row[1] for row in contents(vault)["box"]}
            assert {f"box {number}" for number in range(last + 1)} <= names
            assert scalar(vault, "SELECT count(*) FROM change") == len(names)


def test_the_pool_opens_a_vault_once_and_closes_the_least_recently_used(tmp_path: Path) -> None:
    for name in "abc":
        toy_vault(tmp_path / name).close()
    opened: list[str] = []

    def opener(name: str) -> Vault:
        opened.append(name)
        return Vault(tmp_path / name, "toy", KEY, SCHEMA)

    pool = VaultPool(opener, capacity=2)
    for name in "aabcb":
        with pool.use(name) as vault:
            assert scalar(vault, "SELECT count(*) FROM box") == 0
    assert opened == ["a", "b", "c"]
    with pool.use("a"):
        pass
    assert opened == ["a", "b", "c", "a"]
    pool.close()


def test_the_pool_never_closes_a_vault_in_use(tmp_path: Path) -> None:
    for name in "abc":
        toy_vault(tmp_path / name).close()
    pool = VaultPool(lambda name: Vault(tmp_path / name, "toy", KEY, SCHEMA), capacity=1)
    with pool.use("a") as first, pool.use("b"), pool.use("c"):
        with pytest.raises(RuntimeError, match="in use"):
            pool.drop("a")
        put_box(first, "still open")
    pool.drop("c")
    pool.close()


def test_a_session_sees_one_state_while_others_write(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        put_box(vault, "one")
        with vault.reading() as session:
            assert session.scalar(text("SELECT count(*) FROM box")) == 1
            put_box(vault, "two")
            assert session.scalar(text("SELECT count(*) FROM box")) == 1
        assert scalar(vault, "SELECT count(*) FROM box") == 2

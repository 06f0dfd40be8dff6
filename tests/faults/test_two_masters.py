"""Two processes that open one vault write into it side by side, and the death of one harms nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from opsystem.vault import Vault
from opsystem.vault.errors import VaultTooNew
from tests.faults.shim import ROOT
from tests.vault.test_migration import newer_schema
from tests.vault.toys import KEY, SCHEMA, contents, put_box, scalar, toy_vault

BOXES = 60
_MASTER = """
import sys
from pathlib import Path
from opsystem.vault import Vault
from tests.vault.toys import KEY, SCHEMA, put_box

with Vault(Path(sys.argv[1]), "toy", KEY, SCHEMA) as vault:
    for number in range(int(sys.argv[3])):
        put_box(vault, f"{sys.argv[2]} {number}")
        print(number, flush=True)
"""


def master(path: Path, name: str, boxes: int = BOXES) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _MASTER, str(path), name, str(boxes)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_two_processes_write_one_vault_and_lose_nothing(tmp_path: Path) -> None:
    toy_vault(tmp_path / "v").close()
    masters = [master(tmp_path / "v", name) for name in ("one", "other")]
    for process in masters:
        process.communicate()
        assert process.returncode == 0
    with Vault(tmp_path / "v", "toy", KEY, SCHEMA) as vault:
        vault.check()
        names = {row[1] for row in contents(vault)["box"]}
        assert names == {f"{name} {number}" for name in ("one", "other") for number in range(BOXES)}
        assert scalar(vault, "SELECT count(*) FROM change") == len(names)


@pytest.mark.kill
def test_one_goes_on_where_the_other_was_killed(tmp_path: Path) -> None:
    toy_vault(tmp_path / "v").close()
    doomed = master(tmp_path / "v", "doomed", 100_000)
    assert doomed.stdout is not None
    with Vault(tmp_path / "v", "toy", KEY, SCHEMA) as vault:
        last = -1
        for line in doomed.stdout:
            last = int(line)
            put_box(vault, f"mine {last}")
            if last >= 20:
                break
        doomed.send_signal(signal.SIGKILL)
        last = max([last, *(int(line) for line in doomed.stdout.read().split())])
        doomed.wait()
        put_box(vault, "afterwards")
        vault.check()
        names = {row[1] for row in contents(vault)["box"]}
        assert {f"doomed {number}" for number in range(last + 1)} <= names
        assert {f"mine {number}" for number in range(21)} <= names


def test_one_of_an_older_version_stops_when_the_other_brought_the_vault_up_to_date(tmp_path: Path) -> None:
    newer = newer_schema(tmp_path / "migrations")
    with toy_vault(tmp_path / "v") as older:
        put_box(older, "before")
        with Vault(tmp_path / "v", "toy", KEY, newer) as vault:
            assert scalar(vault, "PRAGMA user_version") == 2
        with pytest.raises(VaultTooNew):
            put_box(older, "with an old idea of the tables")
        before = (tmp_path / "v/vault.db").read_bytes()
        with pytest.raises(VaultTooNew):
            Vault(tmp_path / "v", "toy", KEY, SCHEMA)
        assert (tmp_path / "v/vault.db").read_bytes() == before

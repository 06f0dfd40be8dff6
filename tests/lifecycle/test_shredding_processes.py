"""A process that has a vault open lets go of it when another process deletes it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from opsystem.cli.parser import run
from opsystem.control.hosting.keys import key_store
from opsystem.control.hosting.places import place_of
from opsystem.lifecycle.opening import LET_GO_SECONDS
from opsystem.lifecycle.provisioning import start_business
from tests.control.people import new_person

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys, django
django.setup()
from opsystem.kit.errors import NotFound
from opsystem.lifecycle.opening import vault_in_use
with vault_in_use(sys.argv[1]) as vault:
    vault.check()
print("open", flush=True)
sys.stdin.readline()
try:
    with vault_in_use(sys.argv[1]):
        print("served", flush=True)
except NotFound:
    print("not found", flush=True)
"""


@pytest.fixture
def vault_id(installation: object) -> str:  # noqa: ARG001 - tables must be there
    business = start_business(
        new_person("Alice"), name="Hurley Plumbing", phone="+12285550142", website="", industry="plumbing"
    )
    return place_of(business.pk).vault_id


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """Run a command and return what it said."""
    capsys.readouterr()
    assert run([*words, "--json"], {}) == 0
    return json.loads(capsys.readouterr().out)


def open_files(pid: int) -> list[str]:
    names: list[str] = []
    for file in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed while we look
            names.append(str(file.readlink()))
    return names


def test_another_process_closes_a_deleted_vault_within_seconds_and_serves_it_no_more(
    vault_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, vault_id],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        assert any(vault_id in name for name in open_files(holder.pid))
        done = told(capsys, "vault", "shred", vault_id, "--confirm", vault_id, "--now")
        assert done["finished_at"] is not None
        until = time.monotonic() + LET_GO_SECONDS + 10
        while any(vault_id in name for name in open_files(holder.pid)):
            assert time.monotonic() < until, "it still has the deleted vault open"
            time.sleep(0.1)
        holder.stdin.write("\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "not found\n"


def test_the_command_line_deletes_only_what_was_typed_twice_and_waits_unless_told_otherwise(
    vault_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["vault", "shred", vault_id, "--confirm", "yes"], {}) == 1
    asked = told(capsys, "vault", "shred", vault_id, "--confirm", vault_id)
    assert asked["keys_destroyed_at"] is None
    assert key_store().key_of(vault_id)
    assert run(["vault", "certificate", vault_id], {}) == 1
    told(capsys, "vault", "keep", vault_id)
    assert vault_id not in [row["vault"] for row in told(capsys, "vault", "deletions")]
    told(capsys, "vault", "shred", vault_id, "--confirm", vault_id, "--now")
    assert vault_id in [row["vault"] for row in told(capsys, "vault", "deletions")]
    certificate = json.loads(told(capsys, "vault", "certificate", vault_id))
    assert certificate["test"]["opened"] == 0
    assert run(["vault", "keep", vault_id], {}) == 1


def test_the_command_line_says_how_keys_stand_and_ends_an_epoch(
    vault_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = told(capsys, "keys", "status")
    done = told(capsys, "keys", "rotate")
    assert done["epoch"] == before["epoch"] + 1
    assert done["receipts_owed"] == []
    after = told(capsys, "keys", "status")
    assert after["epoch"] == done["epoch"]
    assert after["slots"] == [
        f"1: holds epoch {done['epoch']}; its secret was rolled {done['epoch'] - 1} times"
    ]
    checked = told(capsys, "keys", "verify")
    assert checked["whole"]
    assert checked["keys_damaged"] == []
    assert vault_id not in checked["vaults_missing_or_damaged"]
    assert run(["keys", "declare", "nobody", "--confirm", "nobody"], {}) == 1

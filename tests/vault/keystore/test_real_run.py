"""Fifty vaults, 35 backups, ten deletions, three slot processes, kill -9 everywhere, and a thief."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


@pytest.mark.kill
def test_a_thief_with_every_file_ever_written_opens_no_deleted_vault_and_no_live_one_is_lost() -> None:
    command = [sys.executable, "-m", "tests.vault.keystore.real_run", "--seed", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["backups"], told["deleted"]) == (35, 10)
    assert told["vaults"] >= 50
    assert told["rotations killed"] + told["slots killed"] >= 10
    assert told["rotations through"] >= 5

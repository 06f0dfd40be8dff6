"""The control plane keeps its promises on PostgreSQL too: the same tests, in a process with that database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.control import postgresql
from tests.processes import ROOT

SAME_TESTS = ["test_alarms.py", "test_audit.py", "test_businesses.py", "test_usage.py", "test_places.py"]


def test_the_same_tests_pass_on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> None:
    binaries = postgresql.programs()
    if binaries is None:
        # Where no server can be started, the same tests have run on SQLite already.
        return
    directory: Path = tmp_path_factory.mktemp("postgresql")
    for parent in (directory, *directory.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o011)
    with postgresql.server(binaries, directory) as address:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *(f"tests/control/{name}" for name in SAME_TESTS)],
            cwd=ROOT,
            env={**os.environ, "TESTS_DATABASE_URL": address},
            capture_output=True,
            text=True,
            check=False,
        )
        with psycopg.connect(address) as rows:
            kept = rows.execute("SELECT count(*) FROM businesses_business").fetchone()
    assert done.returncode == 0, done.stdout[-4000:]
    assert kept is not None
    assert kept[0] > 0

"""The control plane's database is copied while it is in use, and put back only where there is none."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
import pytest

from opsystem.config.databases import read_database
from opsystem.config.environment import Environment
from opsystem.lifecycle.backups.control_back import put_control_back
from opsystem.lifecycle.backups.control_copy import copy_control
from opsystem.lifecycle.backups.problems import BackupProblem
from tests.control import postgresql


def settings_of(address: str, data: Path) -> dict[str, Any]:
    return read_database(Environment({"OPSYSTEM_DATABASE_URL": address}), data)


def test_sqlite_is_copied_with_what_was_committed_and_not_with_what_was_not(tmp_path: Path) -> None:
    database = settings_of("", tmp_path)
    writer = sqlite3.connect(database["NAME"], isolation_level=None)
    writer.executescript("PRAGMA journal_mode = WAL; CREATE TABLE row (id); INSERT INTO row VALUES (1)")
    writer.execute("BEGIN")
    writer.execute("INSERT INTO row VALUES (2)")
    (tmp_path / "stage").mkdir()
    copy = copy_control(database, tmp_path / "stage")
    with sqlite3.connect(copy) as rows:
        assert rows.execute("SELECT id FROM row").fetchall() == [(1,)]
    assert [path.name for path in (tmp_path / "stage").iterdir()] == [copy.name]
    with pytest.raises(BackupProblem, match="something at the place"):
        put_control_back(database, tmp_path / "stage")


def test_a_log_that_was_left_behind_is_never_laid_over_a_restored_database(tmp_path: Path) -> None:
    (tmp_path / "stage").mkdir()
    sqlite3.connect(tmp_path / "stage" / "control.sqlite3").close()
    (tmp_path / "control.sqlite3-wal").touch()
    with pytest.raises(BackupProblem, match="something at the place"):
        put_control_back(settings_of("", tmp_path), tmp_path / "stage")


def test_postgresql_is_dumped_and_comes_back_in_an_empty_database(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    binaries = postgresql.programs()
    if binaries is None:
        return  # this machine has no PostgreSQL
    directory = tmp_path_factory.mktemp("postgresql")
    for parent in (directory, *directory.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o011)
    with postgresql.server(binaries, directory) as address:
        with psycopg.connect(address, autocommit=True) as rows:
            rows.execute("CREATE TABLE kept AS SELECT 41 AS number")
            rows.execute("CREATE DATABASE empty")
        copy = copy_control(settings_of(address, tmp_path), tmp_path)
        assert copy.stat().st_mode & 0o077 == 0
        again = address.replace("/postgres", "/empty")
        put_control_back(settings_of(again, tmp_path), tmp_path)
        with psycopg.connect(again) as rows:
            assert rows.execute("SELECT number FROM kept").fetchall() == [(41,)]
        with pytest.raises(BackupProblem):
            put_control_back(settings_of(again, tmp_path), tmp_path)

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import Column, String, insert

from opsystem.vault import Vault, VaultSchema
from opsystem.vault.errors import VaultTooNew, VaultUnusable
from tests.vault.toys import KEY, SCHEMA, acting, put_box, scalar, toy_schema, toy_vault

ENV = "# Alembic asks for this file; vaults are migrated by opsystem.vault.migration."
SECOND = """
revision = "0002"
down_revision = None

from alembic import op
from sqlalchemy import Column, String


def upgrade():
    op.add_column("box", Column("colour", String))
    {more}
"""


def newer_schema(folder: Path, more: str = "") -> VaultSchema:
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text(ENV)
    (folder / "versions" / "0002_colour.py").write_text(SECOND.format(more=more))
    return toy_schema(2, folder, Column("colour", String))


def test_an_older_vault_is_brought_up_to_date_when_it_is_opened(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        put_box(vault, "tools")
    schema = newer_schema(tmp_path / "m")
    with Vault(tmp_path / "v", "toy", KEY, schema) as vault:
        assert scalar(vault, "PRAGMA user_version") == 2
        box = schema.metadata.tables["box"]
        with acting(vault) as (session, _):
            session.execute(insert(box).values(name="red box", colour="red"))
        assert '"colour":"red"' in scalar(vault, "SELECT after FROM change ORDER BY id DESC LIMIT 1")


def test_two_that_open_an_old_vault_at_once_migrate_it_once(tmp_path: Path) -> None:
    toy_vault(tmp_path / "v").close()
    schema = newer_schema(tmp_path / "m")
    problems: list[BaseException] = []

    def open_it() -> None:
        try:
            Vault(tmp_path / "v", "toy", KEY, schema).close()
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_a_migration_that_fails_half_way_leaves_the_vault_as_it_was(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        put_box(vault, "tools")
    schema = newer_schema(tmp_path / "m", more='op.execute("SELECT * FROM no_such_table")')
    with pytest.raises(Exception, match="no_such_table"):
        Vault(tmp_path / "v", "toy", KEY, schema)
    with Vault(tmp_path / "v", "toy", KEY, SCHEMA) as vault:
        assert scalar(vault, "SELECT count(*) FROM box") == 1
        assert scalar(vault, "PRAGMA user_version") == 1


def test_a_vault_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    schema = newer_schema(tmp_path / "m")
    Vault.create(tmp_path / "v", "toy", KEY, schema).close()
    with pytest.raises(VaultTooNew, match="version 2"):
        Vault(tmp_path / "v", "toy", KEY, SCHEMA)


def test_an_unfinished_vault_is_said_to_be_unfinished(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault, vault.mechanics() as session:
        session.connection().exec_driver_sql("PRAGMA user_version = 0")
    with pytest.raises(VaultUnusable, match="never finished"):
        Vault(tmp_path / "v", "toy", KEY, SCHEMA)

"""Schema versions: a vault is brought up to date when it is opened.

The version stands in the database's header (`PRAGMA user_version`), so that looking costs no
query plan; Alembic's revisions are named by the number they lead to.
"""

from __future__ import annotations

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from opsystem.vault.database import driver_connection
from opsystem.vault.errors import VaultTooNew, VaultUnusable
from opsystem.vault.schema import VaultSchema


def bring_up_to_date(engine: Engine, schema: VaultSchema) -> None:
    """Run the migrations a vault lacks, all in one transaction.

    Raises VaultTooNew when the vault is of a newer version; it is left as it is.
    """
    with engine.connect() as connection:
        version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if version == schema.version:
        return
    if version > schema.version:
        raise _too_new(version, schema)
    if version == 0 or schema.migrations is None:
        raise VaultUnusable(
            "This vault was never finished. Nothing was written to it.", code="vault_unfinished"
        )
    _upgrade(engine, schema)


def expect_version(session: Session, schema: VaultSchema) -> None:
    """Refuse to write with an old idea of the tables, after another process brought the vault up to date.

    Raises VaultTooNew; call it when the writer's lock is held.
    """
    version = driver_connection(session.connection()).execute("PRAGMA user_version").fetchone()[0]
    if version != schema.version:
        raise _too_new(version, schema)


def _too_new(version: int, schema: VaultSchema) -> VaultTooNew:
    return VaultTooNew(
        f"This vault is of version {version}, this software knows up to {schema.version}. Update it.",
        code="vault_too_new",
    )


def _upgrade(engine: Engine, schema: VaultSchema) -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.migrations))
    scripts = ScriptDirectory.from_config(config)
    with engine.execution_options(vault_write=True).begin() as connection:
        # Another process may have been faster; the writer's lock is held now.
        version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            for number in range(version + 1, schema.version + 1):
                revision = scripts.get_revision(f"{number:04d}")
                revision.module.upgrade()
        for statement in schema.trigger_statements():
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA user_version = {schema.version}")

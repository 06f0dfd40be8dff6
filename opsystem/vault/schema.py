"""What a vault is made of: the tables handed in from above, and the triggers made from them.

A table says about itself, in `Table.info`:

- `client`: an SQL expression for the client a row belongs to, with `{row}` for the row
  (`"{row}.client_id"`), so that a client's history can be shown;
- `search`: a `SearchRule`, when its rows are to be found by words;
- `journal`: False for mechanics only, then with `why`: the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlalchemy import MetaData, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from opsystem.vault.statements import Statements
from opsystem.vault.tables import VaultTables, vault_tables


@dataclass(frozen=True)
class SearchRule:
    """How rows of a table are found: SQL expressions over `{row}`."""

    kind: str
    title: str
    body: str = "''"
    client: str = "NULL"
    where: str = "1"


@dataclass(frozen=True)
class VaultSchema:
    """Tables, triggers and version of one kind of vault. `migrations` is an Alembic folder."""

    metadata: MetaData
    version: int
    migrations: Path | None = None

    @cached_property
    def tables(self) -> VaultTables:
        """The vault's own tables in this schema."""
        return vault_tables(self.metadata)

    @cached_property
    def statements(self) -> Statements:
        """The statements of the vault's own mechanics in this schema."""
        return Statements.of(self.tables)

    @cached_property
    def journalled(self) -> tuple[Table, ...]:
        """The tables whose every change is written into the journal."""
        return tuple(table for table in self.metadata.sorted_tables if table.info.get("journal", True))

    @cached_property
    def script(self) -> str:
        """The SQL that makes a new vault, in one piece."""
        return ";\n".join([*self._statements(), f"PRAGMA user_version = {self.version}"]) + ";\n"

    def _statements(self) -> Iterator[str]:
        dialect = sqlite.dialect()
        for table in self.metadata.sorted_tables:
            yield str(CreateTable(table).compile(dialect=dialect)).strip()
            for index in sorted(table.indexes, key=lambda index: str(index.name)):
                yield str(CreateIndex(index).compile(dialect=dialect)).strip()
        yield from search_index_statements()
        for table in self.journalled:
            yield from journal_triggers(table)
            rule = table.info.get("search")
            if rule is not None:
                yield from search_triggers(table, rule)

    def trigger_statements(self) -> Iterator[str]:
        """Yield the statements that make the triggers anew, for a migration that changed tables."""
        for table in self.journalled:
            for statement in journal_triggers(table):
                yield f"DROP TRIGGER IF EXISTS {statement.split()[2]}"
                yield statement
            rule = table.info.get("search")
            if rule is not None:
                for statement in search_triggers(table, rule):
                    yield f"DROP TRIGGER IF EXISTS {statement.split()[2]}"
                    yield statement


def _image(table: Table, row: str) -> str:
    pairs = ", ".join(f"'{column.name}', {row}.{column.name}" for column in table.columns)
    return f"json_object({pairs})"


def journal_triggers(table: Table) -> Iterator[str]:
    """Yield the triggers that write before and after images of every change of a table.

    `current_change_set()` is NULL outside an operation, and the journal's column is NOT NULL:
    so a write that no operation stands for fails in the database itself.
    """
    client = table.info.get("client", "NULL")
    changed = " OR ".join(f"OLD.{column.name} IS NOT NEW.{column.name}" for column in table.columns)
    cases = {
        "insert": ("NEW", "NULL", _image(table, "NEW"), ""),
        "update": ("NEW", _image(table, "OLD"), _image(table, "NEW"), f" WHEN {changed}"),
        "delete": ("OLD", _image(table, "OLD"), "NULL", ""),
    }
    for action, (row, before, after, when) in cases.items():
        yield (
            f"CREATE TRIGGER journal_{table.name}_{action} AFTER {action.upper()} ON {table.name}{when}\n"
            f"BEGIN\n"
            f"  INSERT INTO change"
            f" (change_set_id, table_name, row_id, action, client_id, before, after, seal)\n"
            f"  VALUES (current_change_set(), '{table.name}', {row}.id, '{action}',\n"
            f"    {client.format(row=row)}, {before}, {after}, new_seal({before}, {after}));\n"
            f"END"
        )


def search_index_statements() -> Iterator[str]:
    """Yield the full-text index over `search_row` and the triggers that keep it."""
    yield (
        "CREATE VIRTUAL TABLE search_index USING fts5(title, body, content='search_row',"
        " content_rowid='id', tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')"
    )
    add = "INSERT INTO search_index (rowid, title, body) VALUES (NEW.id, NEW.title, NEW.body);"
    drop = (
        "INSERT INTO search_index (search_index, rowid, title, body)"
        " VALUES ('delete', OLD.id, OLD.title, OLD.body);"
    )
    yield f"CREATE TRIGGER search_row_insert AFTER INSERT ON search_row BEGIN {add} END"
    yield f"CREATE TRIGGER search_row_delete AFTER DELETE ON search_row BEGIN {drop} END"
    yield f"CREATE TRIGGER search_row_update AFTER UPDATE ON search_row BEGIN {drop} {add} END"


def search_triggers(table: Table, rule: SearchRule) -> Iterator[str]:
    """Yield the triggers that keep a table's rows findable."""
    remove = f"DELETE FROM search_row WHERE kind = '{rule.kind}' AND record_id = OLD.id;"
    add = (
        "INSERT INTO search_row (kind, record_id, client_id, title, body)"
        f" SELECT '{rule.kind}', NEW.id, {rule.client}, coalesce({rule.title}, ''), coalesce({rule.body}, '')"
        f" WHERE {rule.where};"
    ).format(row="NEW")
    changed = " OR ".join(f"OLD.{column.name} IS NOT NEW.{column.name}" for column in table.columns)
    yield f"CREATE TRIGGER search_{table.name}_insert AFTER INSERT ON {table.name} BEGIN {add} END"
    yield (
        f"CREATE TRIGGER search_{table.name}_update AFTER UPDATE ON {table.name} WHEN {changed}"
        f" BEGIN {remove} {add} END"
    )
    yield f"CREATE TRIGGER search_{table.name}_delete AFTER DELETE ON {table.name} BEGIN {remove} END"

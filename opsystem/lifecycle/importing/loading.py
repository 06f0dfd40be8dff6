"""The second pass: the rows and contents of a checked archive become those of an empty vault, all or nothing.

Contents are written first, since files know no transaction; whatever stops it removes them again. The rows go
in with one transaction, the triggers of the journal away, for the journal comes with them as it was. Before
it is kept, the whole is read back and its digest compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from sqlalchemy.orm import Session

from opsystem.kit.errors import Conflict, NotFound
from opsystem.lifecycle.importing.checking import Checked, Progress
from opsystem.lifecycle.importing.tables import lines_of, rows_of
from opsystem.vault import Vault, VaultSchema
from opsystem.vault.archives.directory import MOST_BYTES, Refused
from opsystem.vault.archives.writing import MANIFEST
from opsystem.vault.database import VaultConnection, driver_connection
from opsystem.vault.digest import digest_of_state
from opsystem.vault.rows import kept_tables

_AT_ONCE: Final = 500
_FOUNDED: Final = frozenset({"profile", "member"})
# Numbers that a new vault gives by itself belong to nothing that is kept.
_FOREIGN: Final = frozenset({"journal_head", "wiping"})


def expect_empty(session: Session, schema: VaultSchema) -> None:
    """Raise Conflict unless the vault holds nothing but its founding."""
    connection = driver_connection(session.connection())
    for table in schema.journalled:
        most = 1 if table.name in _FOUNDED else 0
        counted = connection.execute(f'SELECT count(*) FROM (SELECT 1 FROM "{table.name}" LIMIT 2)')  # noqa: S608
        if counted.fetchone()[0] > most:
            raise Conflict(
                "This business has something in it already. Start another one for the archive.",
                code="not_empty",
            )


def take_contents(vault: Vault, checked: Checked, progress: Progress) -> list[str]:
    """Write the contents of an archive under the ids they had. Whatever stops it, nothing is left.

    A content that was damaged when it was packed is left out, so that it is missed and not taken for whole.
    """
    written: list[str] = []
    try:
        for content_id, file in checked.contents.items():
            if not file.is_damaged:
                written.append(content_id)
                pieces = _told(checked.reader.pieces(file), progress)
                vault.files.write(pieces, limit=MOST_BYTES, content_id=content_id)
    except BaseException:
        remove_contents(vault, written)
        raise
    return written


def remove_contents(vault: Vault, written: Sequence[str]) -> None:
    """Remove contents that were written for an archive that is not taken in."""
    for content_id in written:
        try:
            vault.files.remove(content_id)
        except NotFound:
            continue  # the one it stopped at


def load_rows(session: Session, schema: VaultSchema, checked: Checked, progress: Progress) -> None:
    """Make the rows of an archive those of the vault, inside the open transaction. Raises Refused."""
    connection = driver_connection(session.connection())
    connection.execute("PRAGMA defer_foreign_keys = ON")
    triggers = _put_away_triggers(connection)
    for table in reversed(schema.metadata.sorted_tables):
        if not table.info.get("local") or table.name in _FOREIGN:
            connection.execute(f'DELETE FROM "{table.name}"')  # noqa: S608 - of the schema
    for table in kept_tables(schema):
        _load(connection, schema, table.name, checked, progress)
    _set_numbers(connection, schema, checked)
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise Refused("A row belongs to one that is not there.", MANIFEST)
    for statement in triggers:
        connection.execute(statement)
    if digest_of_state(session, schema, everything=True).total != checked.digest:
        raise Refused("What was taken in is not what is listed.", MANIFEST)


def _put_away_triggers(connection: VaultConnection) -> list[str]:
    """Drop every trigger but those of search, and return the statements that make them again."""
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'search%'"
    ).fetchall()
    for name, _ in found:
        connection.execute(f'DROP TRIGGER "{name}"')
    return [sql for _, sql in found]


def _load(
    connection: VaultConnection, schema: VaultSchema, name: str, checked: Checked, progress: Progress
) -> None:
    table, file = schema.metadata.tables[name], checked.tables[name]
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join("?" for _ in table.columns)
    statement = f'INSERT INTO "{name}" ({columns}) VALUES ({marks})'  # noqa: S608 - of the schema
    lines = lines_of(_told(checked.reader.pieces(file), progress), file.name)
    rows = rows_of(schema, table, lines, file.name)
    try:
        while batch := list(islice(rows, _AT_ONCE)):
            connection.executemany(statement, batch)
    except connection.IntegrityError:
        raise Refused("A row breaks a rule of its table.", file.name) from None


def _told(pieces: Iterator[bytes], progress: Progress) -> Iterator[bytes]:
    for piece in pieces:
        yield piece
        progress(len(piece))


def _set_numbers(connection: VaultConnection, schema: VaultSchema, checked: Checked) -> None:
    """Let no number that was given there be given here again."""
    for table in kept_tables(schema):
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table.name,))
    connection.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", checked.numbers.items())

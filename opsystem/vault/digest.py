"""One number for everything a vault says: equal for equal contents, wherever and however they are stored.

Rows go in by the order of their keys, columns by their names, so that neither pages, row ids of the database
nor the history of the file count. Each table has a SHA-256 of its own; the total is the SHA-256 over those of
the journalled tables, which is what a business says and what undo must bring back. Files are in it by their
content ids; whether their bytes are whole is `contents_digest`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Table
from sqlalchemy.orm import Session

from opsystem.vault.handle import Vault
from opsystem.vault.rows import Stored, kept_tables, last_numbers, stored_rows
from opsystem.vault.schema import VaultSchema


@dataclass(frozen=True)
class Digest:
    """What a vault says, as hexadecimal SHA-256: of everything, and of each table."""

    total: str
    by_table: Mapping[str, str]


def digest_of(vault: Vault, *, everything: bool = False) -> Digest:
    """Return the digest of one consistent state of a vault.

    Only the journalled tables count; with `everything` the mechanics too (journal, requests, outbox), and the
    numbers that were given out. Rows are read one by one.
    """
    with vault.reading() as session:
        return digest_of_state(session, vault.schema, everything=everything)


def digest_of_state(session: Session, schema: VaultSchema, *, everything: bool = False) -> Digest:
    """Return the digest of the state a session sees (see `digest_of`)."""
    journalled = {table.name for table in schema.journalled}
    by_table = {
        table.name: digest_of_rows(table, stored_rows(session, table))
        for table in kept_tables(schema)
        if everything or table.name in journalled
    }
    if everything:
        by_table["sqlite_sequence"] = digest_of_numbers(last_numbers(session, schema))
    return together(by_table)


def together(by_table: Mapping[str, str]) -> Digest:
    """Return the digest of tables whose own digests are known."""
    whole = hashlib.sha256()
    for name in sorted(by_table):
        whole.update(f"{name} {by_table[name]}\n".encode())
    return Digest(whole.hexdigest(), dict(sorted(by_table.items())))


class RowsDigest:
    """The SHA-256 of a table's rows, given one by one: a line with the columns' names, then one a row."""

    def __init__(self, table: Table) -> None:
        self._order = sorted(range(len(table.columns)), key=lambda place: table.columns[place].name)
        self._digest = hashlib.sha256(_line([table.columns[place].name for place in self._order]))

    def add(self, row: Stored) -> None:
        """Take in the next row by the order of the keys."""
        self._digest.update(_line([row[place] for place in self._order]))

    def hexdigest(self) -> str:
        """Return the digest of the rows so far."""
        return self._digest.hexdigest()


def digest_of_rows(table: Table, rows: Iterable[Stored]) -> str:
    """Return the SHA-256 of a table's rows."""
    digest = RowsDigest(table)
    for row in rows:
        digest.add(row)
    return digest.hexdigest()


def digest_of_numbers(numbers: Mapping[str, int]) -> str:
    """Return the SHA-256 of the highest numbers that were given out."""
    return hashlib.sha256(_line(sorted(numbers.items()))).hexdigest()


def contents_digest(vault: Vault) -> str:
    """Read every file of the vault and return one SHA-256 over their ids and bytes.

    Raises DamagedFile for one that does not read whole.
    """
    whole = hashlib.sha256()
    for content_id in vault.files.ids():
        one = hashlib.sha256()
        for piece in vault.files.pieces(content_id):
            one.update(piece)
        whole.update(f"{content_id} {one.hexdigest()}\n".encode())
    return whole.hexdigest()


def _line(values: object) -> bytes:
    """Return values as bytes that no other values give: JSON tells numbers, texts and nothing apart."""
    return json.dumps(values, ensure_ascii=True, separators=(",", ":"), default=_bytes).encode() + b"\n"


def _bytes(value: object) -> dict[str, str]:
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    raise TypeError(f"no such value is stored: {type(value).__name__}")

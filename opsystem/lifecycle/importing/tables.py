"""The tables of an archive: every line a row, keys rising, every number that is referred to there."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Table

from opsystem.lifecycle.importing.rules import rules_of
from opsystem.vault import VaultSchema
from opsystem.vault.archives.directory import Refused
from opsystem.vault.archives.row_lines import Misshapen, RowReader
from opsystem.vault.digest import RowsDigest
from opsystem.vault.rows import Stored

_LONGEST_LINE: Final = 16 << 20
_MOST_ROWS: Final = 20_000_000
_MOST_WAITING: Final = 1_000_000


def lines_of(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Yield whole lines with their ends. Raises Refused for one that is too long or has no end."""
    held, length = [b""], 0
    for piece in pieces:
        first, *whole = piece.split(b"\n")
        held.append(first)
        length += len(first)
        if whole:
            yield b"".join((*held, b"\n"))
            for line in whole[:-1]:
                yield line + b"\n"
            held, length = [whole[-1]], len(whole[-1])
        if length > _LONGEST_LINE:
            raise Refused("A line of it is too long.", name)
    if length:
        raise Refused("Its last line has no end.", name)


class TableChecks:
    """Reads the rows of all tables once, remembering no more than their numbers."""

    def __init__(self, schema: VaultSchema) -> None:
        self._schema = schema
        self._numbers: dict[str, array[int]] = {}
        # References to rows that come later: table, number, and where it stands.
        self._waiting: list[tuple[str, int, str, int]] = []
        self._count = 0
        self.rows: dict[str, int] = {}
        self.digests: dict[str, str] = {}

    def check(self, table: Table, pieces: Iterable[bytes], name: str) -> None:
        """Check a table's file. Raises Refused with its name and the line."""
        digest, last, count = RowsDigest(table), None, 0
        key = next(place for place, column in enumerate(table.columns) if column.primary_key)
        seen = self._numbers[table.name] = array("q")
        references = list(_references(table))
        for row in rows_of(self._schema, table, lines_of(pieces, name), name):
            count += 1
            number = row[key]
            rank = number.encode() if isinstance(number, str) else number
            if last is not None and not rank > last:
                raise Refused(f"Line {count}: its key does not follow the one before.", name)
            last = rank
            if isinstance(number, int):
                seen.append(number)
            for place, parent in references:
                if row[place] is not None:
                    self._refer(parent, row[place], name, count)
            digest.add(row)
        self.rows[table.name], self.digests[table.name] = count, digest.hexdigest()
        self._count += count
        if self._count > _MOST_ROWS:
            raise Refused("There are too many rows.", name)

    def finish(self) -> None:
        """Look for what was referred to before it came. Raises Refused."""
        for parent, number, name, line in self._waiting:
            if not self._is_there(parent, number):
                raise Refused(f"Line {line}: it belongs to a {parent} that is not there.", name)

    def highest(self, table: str) -> int:
        """Return the highest number of a table's rows, 0 when it has none."""
        numbers = self._numbers.get(table)
        return numbers[-1] if numbers else 0

    def _refer(self, parent: str, number: int, name: str, line: int) -> None:
        if self._is_there(parent, number):
            return
        if len(self._waiting) >= _MOST_WAITING:
            raise Refused(f"Line {line}: too much belongs to rows that are not there.", name)
        self._waiting.append((parent, number, name, line))

    def _is_there(self, parent: str, number: int) -> bool:
        known = self._numbers.get(parent, array("q"))
        place = bisect_left(known, number)
        return place < len(known) and known[place] == number


def rows_of(schema: VaultSchema, table: Table, lines: Iterable[bytes], name: str) -> Iterator[Stored]:
    """Yield the rows of a table's lines as they are to be stored. Raises Refused with the line."""
    reader, rules = RowReader(table), rules_of(schema, table)
    for number, line in enumerate(lines, start=1):
        try:
            row = reader.row(line)
            for rule in rules:
                rule(row)
        except Misshapen as problem:
            raise Refused(f"Line {number}: {problem}.", name) from None
        yield row


def _references(table: Table) -> Iterator[tuple[int, Any]]:
    for place, column in enumerate(table.columns):
        for reference in column.foreign_keys:
            yield place, reference.column.table.name

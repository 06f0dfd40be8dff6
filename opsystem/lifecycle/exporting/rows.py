"""Everything once more for programs, exactly as it stands in the vault: one JSON object a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from opsystem.lifecycle.exporting.source import Source
from opsystem.vault.archives.row_lines import line_of, writer_of
from opsystem.vault.archives.writing import Entry
from opsystem.vault.digest import RowsDigest, digest_of_numbers, together
from opsystem.vault.rows import kept_tables, last_numbers, stored_rows

FOLDER: Final = "data"
_BLOCK: Final = 65_536


@dataclass
class Tables:
    """The tables on their way into the archive, and what the manifest is to say of them."""

    source: Source
    rows: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def entries(self) -> Iterator[Entry]:
        """Yield every kept table of the vault, those first that others refer to."""
        for table in kept_tables(self.source.schema):
            yield Entry(f"{FOLDER}/{table.name}.jsonl", self._pieces(table), large=True)

    def _pieces(self, table: Any) -> Iterator[bytes]:
        digest, forms, count, held, size = RowsDigest(table), writer_of(table), 0, [], 0
        for row in stored_rows(self.source.session, table):
            digest.add(row)
            count += 1
            line = line_of(forms, row)
            held.append(line)
            size += len(line)
            if size >= _BLOCK:
                yield b"".join(held)
                held, size = [], 0
        yield b"".join(held)
        self.rows[table.name], self.digests[table.name] = count, digest.hexdigest()

    def about(self) -> dict[str, object]:
        """Return what the manifest says of the tables, once they are all in."""
        numbers = last_numbers(self.source.session, self.source.schema)
        by_table = {**self.digests, "sqlite_sequence": digest_of_numbers(numbers)}
        names = {table.name for table in self.source.schema.metadata.sorted_tables}
        return {
            "schema": self.source.schema.version,
            "tables": {name: {"rows": self.rows[name], "sha256": self.digests[name]} for name in self.rows},
            "left_out": sorted(names - self.rows.keys()),
            "last_numbers": numbers,
            "digest": together(by_table).total,
        }

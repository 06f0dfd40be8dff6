"""The first pass over an archive: all of it is read and compared before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from opsystem.lifecycle.exporting.everything import FORMAT, FORMAT_VERSION
from opsystem.lifecycle.exporting.rows import FOLDER
from opsystem.lifecycle.importing.tables import TableChecks
from opsystem.vault import VaultSchema
from opsystem.vault.archives.directory import Refused
from opsystem.vault.archives.reading import ArchiveReader, Listed
from opsystem.vault.archives.writing import MANIFEST
from opsystem.vault.digest import digest_of_numbers, together
from opsystem.vault.rows import kept_tables

_ENDING: Final = ".jsonl"
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Checked:
    """An archive that may be taken in: its tables and contents by name, and the digest it must come to."""

    reader: ArchiveReader
    tables: dict[str, Listed]
    contents: dict[str, Listed] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    digest: str = ""

    @property
    def bytes(self) -> int:
        """How much there is to take in."""
        return sum(one.packed.size for one in (*self.tables.values(), *self.contents.values()))


def check_archive(source: BinaryIO, schema: VaultSchema, progress: Progress) -> Checked:
    """Read all of an archive. Raises Refused with the reason and the file's name; nothing is written.

    `progress` is told how many bytes were read; what it raises stops the reading.
    """
    reader = ArchiveReader(source)
    _check_kind(reader.about, schema)
    said, numbers = _told(reader.about, schema)
    checks = TableChecks(schema)
    checked = Checked(reader, {}, {}, numbers, str(reader.about["digest"]))
    for file in reader.files:
        table = _table_of(file.name, schema)
        if table is not None:
            checks.check(table, _counted(reader, file, progress), file.name)
            checked.tables[table.name] = file
        else:
            for piece in reader.pieces(file):
                progress(len(piece))
        if file.content is not None:
            if file.content in checked.contents:
                raise Refused("The same content is listed twice.", file.name)
            checked.contents[file.content] = file
    _compare(checks, said, checked)
    return checked


def _counted(reader: ArchiveReader, file: Listed, progress: Progress) -> Any:
    for piece in reader.pieces(file):
        progress(len(piece))
        yield piece


def _check_kind(about: dict[str, Any], schema: VaultSchema) -> None:
    if (about.get("format"), about.get("version")) != (FORMAT, FORMAT_VERSION):
        raise Refused("It is not an export that is known here.", MANIFEST)
    version = about.get("schema")
    if not isinstance(version, int) or version < 1:
        raise Refused("It does not say which version it is of.", MANIFEST)
    if version > schema.version:
        raise Refused("It was made by a newer OpSystem. Update this one first.", MANIFEST)
    if version < schema.version:
        raise Refused("It was made by an older OpSystem. Take it in with that one, update, export.", MANIFEST)


def _told(about: dict[str, Any], schema: VaultSchema) -> tuple[dict[str, Any], dict[str, int]]:
    """Return what the manifest says of the tables, once it is of the right shape."""
    said, numbers = about.get("tables"), about.get("last_numbers")
    known = {table.name for table in kept_tables(schema)}
    if not isinstance(said, dict) or said.keys() != known:
        raise Refused("It does not have the tables of a vault.", MANIFEST)
    if (
        not isinstance(numbers, dict)
        or not numbers.keys() <= known
        or not isinstance(about.get("digest"), str)
    ):
        raise Refused("It does not say all of its tables.", MANIFEST)
    if not all(type(number) is int and 0 <= number < 1 << 63 for number in numbers.values()):
        raise Refused("It does not say the numbers of its tables.", MANIFEST)
    return said, numbers


def _table_of(name: str, schema: VaultSchema) -> Any:
    if not name.startswith(f"{FOLDER}/") or name.startswith(f"{FOLDER}/contents/"):
        return None
    table = schema.metadata.tables.get(name.removeprefix(f"{FOLDER}/").removesuffix(_ENDING))
    if table is None or table not in kept_tables(schema) or name != f"{FOLDER}/{table.name}{_ENDING}":
        raise Refused("It is no table of a vault.", name)
    return table


def _compare(checks: TableChecks, said: dict[str, Any], checked: Checked) -> None:
    checks.finish()
    for table, one in said.items():
        if one != {"rows": checks.rows.get(table), "sha256": checks.digests.get(table)}:
            raise Refused("It has other rows than the list says.", f"{FOLDER}/{table}{_ENDING}")
        if checks.highest(table) > checked.numbers.get(table, checks.highest(table)):
            raise Refused("It has a number that was never given.", f"{FOLDER}/{table}{_ENDING}")
    if checks.rows["profile"] != 1 or not checks.rows["member"]:
        raise Refused("It is of no business.", f"{FOLDER}/profile{_ENDING}")
    whole = together({**checks.digests, "sqlite_sequence": digest_of_numbers(checked.numbers)})
    if whole.total != checked.digest:
        raise Refused("Its rows do not come to the digest that is listed.", MANIFEST)

"""Whether a vault was written to since its last copy: by the size and date of its database and its log."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from opsystem.kit import clock
from opsystem.vault.database import DATABASE_NAME

_SETTLED = 2_000_000_000  # nanoseconds; dates of files are coarser than writes are quick


@dataclass(frozen=True)
class Mark:
    """How a vault's files looked, and the copy that was made of it then: size in bytes and SHA-256."""

    looks: tuple[int, ...]
    size: int
    sha256: str
    contents: int


def looks_of(vault: Path) -> tuple[int, ...] | None:
    """Return how a vault's database looks, or None while it may change without looking different.

    Raises FileNotFoundError when there is no database.
    """
    facts = [(vault / DATABASE_NAME).stat()]
    with suppress(FileNotFoundError):  # nobody has it open
        facts.append((vault / f"{DATABASE_NAME}-wal").stat())
    if clock.now().timestamp() * 1e9 - max(fact.st_mtime_ns for fact in facts) < _SETTLED:
        return None
    return tuple(number for fact in facts for number in (fact.st_ino, fact.st_size, fact.st_mtime_ns))


def read_marks(path: Path) -> dict[str, Mark]:
    """Return the marks of the last staging; none when there was none, or when they cannot be read."""
    try:
        rows: dict[str, dict[str, Any]] = json.loads(path.read_bytes())
        return {name: Mark(**{**row, "looks": tuple(row["looks"])}) for name, row in rows.items()}
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return {}


def write_marks(path: Path, marks: Mapping[str, Mark]) -> None:
    """Put the marks in place at once, safely on disk."""
    unfinished = path.with_name(f"{path.name}.new")
    with unfinished.open("w") as file:
        json.dump({name: asdict(mark) for name, mark in marks.items()}, file)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)

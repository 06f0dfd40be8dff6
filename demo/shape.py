"""The shape of what the demo keeps: sample businesses of another shape are made anew.

A real installation brings its vaults and its control plane up to date; samples are only samples.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from ops.stack import ROOT

_SHAPING = ("models.py", "tables.py", "0*.py")


def shape(house: Path = ROOT / "opsystem") -> str:
    """Return the SHA-256 of everything that says which tables there are."""
    said = hashlib.sha256()
    for path in sorted(path for name in _SHAPING for path in house.rglob(name)):
        said.update(path.relative_to(house).as_posix().encode() + path.read_bytes())
    return said.hexdigest()


def is_of_another_shape(folder: Path) -> bool:
    """Tell whether samples stand in a folder that were made for other tables."""
    filled = folder / "filled"
    return filled.exists() and filled.read_text() != shape()

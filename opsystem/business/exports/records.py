"""What is told of an export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from opsystem.business.exports.models import Export


@dataclass(frozen=True)
class ExportRow:
    """Where an export stands. Sizes are in bytes; `percent` is an estimate until it is ready."""

    id: int
    state: str
    asked_at: datetime
    asked_by: str
    percent: int
    files: int
    size: int
    made_at: datetime | None
    expires_at: datetime | None
    problem: str | None

    @classmethod
    def of(cls, row: Export) -> Self:
        """Return what is told of a row."""
        made = row.state in {"ready", "fetched", "gone"}
        percent = 100 if made else min(99, row.done * 100 // row.total) if row.total else 0
        return cls(
            row.id, row.state, row.asked_at, row.asked_by, percent, row.files, row.size, row.made_at,
            row.expires_at, row.problem,
        )  # fmt: skip

"""What is told of an archive on its way in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from opsystem.business.arrivals.models import Arrival


@dataclass(frozen=True)
class ArrivalRow:
    """Where it stands; `percent` is of the present step. Sizes are in bytes."""

    id: int
    state: str
    size: int
    received: int
    percent: int
    problem: str | None

    @classmethod
    def of(cls, row: Arrival) -> Self:
        """Return what is told of a row."""
        done, total = (row.received, row.size) if row.state == "receiving" else (row.done, row.total)
        percent = min(99, done * 100 // total) if total else 0
        return cls(row.id, row.state, row.size, row.received, percent, row.problem)

"""Records that many operations give back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Saved:
    """A record was made or changed: its reference and number."""

    ref: str
    id: int


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list: its rows, the number of all rows, and which page it is (from 1)."""

    rows: list[T]
    total: int
    number: int
    size: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))

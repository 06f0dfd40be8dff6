"""Looking through a whole database for damage.

The engine compares every page of the file with its authentication code, but it reads the file alone, without
the log: a page that a checkpoint was interrupted at, by a loss of power or because another process is at it
right now, looks damaged there and is whole in the log. So the log is carried over first, and only what still
is damaged after that is called so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

Ask = Callable[[str], list[Any]]

_TRIES: Final = 3


def is_damaged(ask: Ask) -> bool:
    """Return whether a database is damaged; `ask` gives the first column of a statement's rows."""
    return not any(_pages_are_whole(ask) for _ in range(_TRIES)) or ask("PRAGMA quick_check") != ["ok"]


def _pages_are_whole(ask: Ask) -> bool:
    ask("PRAGMA wal_checkpoint(PASSIVE)")
    return not ask("PRAGMA cipher_integrity_check")

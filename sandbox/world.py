"""What every room of the sandbox works with."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sandbox.errands import Errands
from sandbox.faults import Faults
from sandbox.settings import Settings
from sandbox.store import Store


@dataclass(frozen=True)
class World:
    """Settings, memory, the script of faults, and what is still to be done."""

    settings: Settings
    store: Store
    faults: Faults
    errands: Errands

    @staticmethod
    def now() -> float:
        """UNIX time in seconds."""
        return time.time()

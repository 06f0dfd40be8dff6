"""`python -m tests.faults.full [TRANSACTIONS] [MOST]`: the faults that the tests try in part, tried whole.

Power loss at every sync of TRANSACTIONS (500); each call failing in each way, a process dying at each call,
at MOST places of each (all). Prints what was tried; anything lost, torn or corrupt ends it with an error.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults.disks import may_mount, small_disk
from tests.faults.filling import fill_at_each_step
from tests.faults.shim import under_shim
from tests.faults.test_power_loss import lose_power


def main(transactions: int, most: int) -> None:
    """Try everything."""
    with tempfile.TemporaryDirectory(prefix="opsystem-faults-") as name:
        home = Path(name)
        _tell("power loss", lambda: lose_power(home / "power", transactions, torn=2))
        for module in ("stumbling", "dying", "jumping"):
            (home / module).mkdir()
            words = [] if module == "jumping" else [str(most)]
            _tell(
                module,
                lambda module=module, words=words: under_shim(  # type: ignore[misc]
                    f"tests.faults.{module}", str(home / module), *words
                ),
            )
        if may_mount():
            with small_disk(home / "disk", "16m") as disk:
                _tell("full disk", lambda: dict(fill_at_each_step(disk)))


def _tell(what: str, act: Callable[[], object]) -> None:
    begun = time.monotonic()
    print(f"{what}: {act()}, {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(given[0] if given else 500, given[1] if len(given) > 1 else 1_000_000)

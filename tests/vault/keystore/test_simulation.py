"""Thousands of simulated rotations: no live vault is lost, no deleted one comes back.

`python -m bench.keys --runs N` runs more of them.
"""

from __future__ import annotations

from collections import Counter
from itertools import count

from tests.thorough import amount
from tests.vault.keystore.simulation import live

RUNS = amount(quick=3_000, whole=10_000)


def test_thousands_of_rotations_break_none_of_the_four_invariants() -> None:
    told: Counter[str] = Counter()
    for seed in count():
        live(seed, told)
        if told["runs"] >= RUNS:
            break
    # The rotations were hard enough: each way to fail was met often.
    for trouble in ("power failed", "stopped: rotation_held", "slot taken out", "came through"):
        assert told[trouble] > RUNS / 50, told

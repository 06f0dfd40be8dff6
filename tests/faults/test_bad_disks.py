"""A call to the system fails, or the process dies there: nothing acknowledged is lost, nothing is half."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.faults.shim import under_shim

FEW = "9"


def test_a_call_that_fails_is_said_and_harms_nothing(tmp_path: Path) -> None:
    said = under_shim("tests.faults.stumbling", str(tmp_path), FEW)
    lives = sum(counted["lives"] for counted in said.values())
    assert lives > 90
    assert said["no room for a write"]["storage_full"] > 0
    assert said["a sync fails"]["storage_failed"] > 0
    # Half of a read or a write is not a failure: the rest is asked for.
    assert said["a write does half"]["refused nothing"] == said["a write does half"]["lives"]
    assert said["a read gives half"]["refused nothing"] == said["a read gives half"]["lives"]


@pytest.mark.kill
def test_a_process_that_dies_at_any_call_leaves_a_whole_vault(tmp_path: Path) -> None:
    counted = Counter(under_shim("tests.faults.dying", str(tmp_path), "40"))
    assert counted["deaths"] >= 40
    # Before it was made, of the older version, and of the newer one: the migration is done or has not begun.
    for version in (0, 1, 2):
        assert counted[f"found version {version}"] > 0


def test_a_clock_that_jumps_ten_years_loses_and_reorders_nothing(tmp_path: Path) -> None:
    assert under_shim("tests.faults.jumping", str(tmp_path))["jumps"] == 13

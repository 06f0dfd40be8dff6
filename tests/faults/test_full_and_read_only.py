"""A full disk and a read-only one are said in words, change nothing, and are recovered from."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsystem.vault import Vault
from opsystem.vault.errors import StorageProblem
from tests.faults.disks import may_mount, small_disk
from tests.faults.filling import fill_at_each_step
from tests.vault.toys import KEY, SCHEMA, contents, put_box, toy_vault


@pytest.fixture
def place(tmp_path: Path) -> Path:
    assert may_mount(), "these tests need the right to mount a disk"
    return tmp_path / "disk"


def test_ever_less_room_is_said_as_that_and_as_nothing_else(place: Path) -> None:
    with small_disk(place, "16m") as disk:
        said = fill_at_each_step(disk, every=1)
    kinds = {line.partition(": ")[2] for line in said}
    assert kinds <= {"done", "storage_full", "made, but not opened"}, said
    for act in ("made", "written", "stored"):
        assert said[f"{act}: done"] > 0
        assert said[f"{act}: storage_full"] > 0


def test_a_read_only_disk_is_said_and_recovered_from(place: Path) -> None:
    """One that turns read-only under an open vault is among the ways of `stumbling`."""
    with small_disk(place, "2m") as disk:
        with toy_vault(place / "v") as vault:
            put_box(vault, "before")
        disk.remount("ro")
        with pytest.raises(StorageProblem), Vault(place / "v", "toy", KEY, SCHEMA) as vault:
            put_box(vault, "during")
        with pytest.raises(StorageProblem, match="Nothing was changed"):
            toy_vault(place / "another")
        disk.remount("rw")
        with Vault(place / "v", "toy", KEY, SCHEMA) as vault:
            vault.check()
            put_box(vault, "after")
            assert [row[1] for row in contents(vault)["box"]] == ["before", "after"]

"""`python -m tests.faults.stumbling FOLDER MOST`, under the shim: a vault's life with one call going wrong.

For each kind of call and each way to go wrong, the life is lived again and again: first with call 1 going
wrong, then with call 2, and so on, `MOST` of them evenly spread. Whatever was said to be done must be there
afterwards, what was refused in words may be or may not, and nothing else may happen.
"""

from __future__ import annotations

import errno
import json
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from opsystem.kit.errors import Problem
from opsystem.vault import Vault
from opsystem.vault.errors import StorageProblem, VaultMissing, VaultUnreadable
from tests.faults.shim import MKDIR, OPEN, READ, RENAME, SYNC, TRUNCATE, UNLINK, WRITE, Shim
from tests.vault.toys import KEY, SCHEMA, contents, put_box, toy_vault

CONTENT = random.Random(5).randbytes(150_000)
# kinds, error, half, lasting
WAYS: dict[str, tuple[int, int, bool, bool]] = {
    "a write fails": (WRITE, errno.EIO, False, False),
    "no room for a write": (WRITE, errno.ENOSPC, False, False),
    "no room from then on": (WRITE | MKDIR, errno.ENOSPC, False, True),
    "a write does half": (WRITE, 0, True, False),
    "a read fails": (READ, errno.EIO, False, False),
    "a read gives half": (READ, 0, True, False),
    "a sync fails": (SYNC, errno.EIO, False, False),
    "every sync fails from then on": (SYNC, errno.EIO, False, True),
    "a cut fails": (TRUNCATE, errno.EIO, False, False),
    "an opening fails": (OPEN, errno.EIO, False, False),
    "a renaming fails": (RENAME, errno.EIO, False, False),
    "a removal fails": (UNLINK, errno.EIO, False, False),
    "a folder is not made": (MKDIR, errno.ENOSPC, False, False),
    "the disk turns read-only": (
        WRITE | SYNC | TRUNCATE | RENAME | UNLINK | MKDIR, errno.EROFS, False, True,
    ),
}  # fmt: skip


class Life:
    """One life of a vault: what was said to be done, and what was tried."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.vault: Vault | None = None
        self.made = False
        self.done: set[str] = set()
        self.tried: set[str] = set()
        self.kept: list[str] = []
        self.refused: Counter[str] = Counter()

    def live(self) -> None:
        """Do everything that can go wrong, one after the other, whatever went wrong before."""
        for opens in (self._make, self._open):
            self._step(opens)
            if self.vault is None:
                continue
            with self.vault as vault:
                for act in (self._put, self._keep, self._look, self._put):
                    self._step(partial(act, vault))
            self.vault = None

    def _step(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Problem as problem:
            self.refused[problem.code] += 1
            # What cannot be read is not told from what is damaged; both are refused in words.
            assert isinstance(problem, StorageProblem | VaultUnreadable), problem.code

    def _make(self) -> None:
        self.vault = toy_vault(self.folder)
        self.made = True

    def _open(self) -> None:
        if not self.made:
            return
        self.vault = Vault(self.folder, "toy", KEY, SCHEMA)

    def _put(self, vault: Vault) -> None:
        name = f"box {len(self.tried)}"
        self.tried.add(name)
        put_box(vault, name, note="x" * 9000)
        self.done.add(name)

    def _keep(self, vault: Vault) -> None:
        self.kept.append(vault.files.write([CONTENT], limit=10**6).content_id)

    def _look(self, vault: Vault) -> None:
        names = {row[1] for row in contents(vault)["box"]}
        assert self.done <= names <= self.tried
        for content_id in self.kept:
            assert b"".join(vault.files.pieces(content_id)) == CONTENT


def look_after(life: Life, *, can_leave: bool) -> None:
    """The disk is well again: everything acknowledged is there and whole, and the vault goes on."""
    try:
        vault = Vault(life.folder, "toy", KEY, SCHEMA)
    except VaultMissing:
        assert not life.done
        assert not life.made
        assert can_leave or not life.folder.exists(), "a vault that was never made left its folder behind"
        return
    with vault:
        vault.check()
        names = {row[1] for row in contents(vault)["box"]}
        assert life.done <= names <= life.tried, (life.done, names)
        for content_id in {*life.kept, *vault.files.ids()}:
            vault.files.verify(content_id)
        put_box(vault, "afterwards")
        vault.files.write([b"afterwards"], limit=100)


def stumble(folder: Path, shim: Shim, way: tuple[int, int, bool, bool], most: int) -> Counter[str]:
    """Live with each call going wrong in one way; return how often what was said."""
    kinds, number, half, lasting = way
    shim.fail(kinds, 1 << 40)
    Life(folder / "well").live()
    calls = shim.calls
    shim.heal()
    shutil.rmtree(folder / "well")
    said: Counter[str] = Counter(calls=calls)
    for at in range(1, calls + 1, -(-calls // most)):
        life = Life(folder / "life")
        shim.fail(kinds, at, number, half=half, lasting=lasting)
        try:
            life.live()
            shim.heal()
            assert lasting or life.refused.total() <= 1, "one failure was met more than once"
            # Where nothing can be removed, an empty folder may stay.
            look_after(life, can_leave=bool(kinds & UNLINK))
        except Exception as error:
            shim.heal()
            raise AssertionError(f"call {at} of {calls}, {way}") from error
        said += life.refused
        said["lives"] += 1
        said["refused nothing"] += not life.refused
        shutil.rmtree(life.folder, ignore_errors=True)
    return said


if __name__ == "__main__":
    place, most = Path(sys.argv[1]), int(sys.argv[2])
    own = Shim(place)
    print(json.dumps({name: stumble(place, own, way, most) for name, way in WAYS.items()}))

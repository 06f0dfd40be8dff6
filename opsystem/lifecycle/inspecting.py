"""Looking at vaults: does each open, is it whole, and if not, what is the matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from opsystem.control.hosting.places import place_by_vault_id
from opsystem.kit.errors import Problem
from opsystem.lifecycle.opening import open_vault
from opsystem.lifecycle.witnessing import check_witnessed_journal
from opsystem.vault import Vault
from opsystem.vault.disk.sealing import DamagedFile
from opsystem.vault.errors import StorageProblem, VaultMissing, VaultTooNew, VaultUnreadable
from opsystem.vault.keys import KeyUnusable

# The first that fits. A key that is not the vault's own does not even come out of its wrapping, so what then
# does not open is damaged.
_STATES: Final[dict[type[Problem], str]] = {
    KeyUnusable: "wrong key",
    VaultMissing: "missing",
    VaultTooNew: "newer",
    VaultUnreadable: "damaged",
    DamagedFile: "damaged",
    StorageProblem: "disk",
}
_FEW: Final = 5


@dataclass(frozen=True)
class Inspected:
    """One vault's state: opens, damaged, journal, newer, missing, wrong key, disk, unusable.

    `journal`: it is not as it was written and signed. `entries` of it were checked.
    """

    vault: str
    state: str
    files: int = 0
    problem: str = ""
    entries: int = 0

    @property
    def is_well(self) -> bool:
        """Whether it opens and nothing in it is damaged."""
        return self.state == "opens"


def inspect(vault_id: str, *, files: bool = False) -> Inspected:
    """Open a vault and compare every page with its code; with `files`, every file with its id as well."""
    try:
        with open_vault(place_by_vault_id(vault_id)) as vault:
            vault.check()
            told = check_witnessed_journal(vault)
            if not told.is_whole:
                return Inspected(vault_id, "journal", problem="; ".join(told.problems[:_FEW]))
            return Inspected(vault_id, "opens", _verify(vault) if files else 0, entries=told.entries)
    except Problem as problem:
        state = next((name for kind, name in _STATES.items() if isinstance(problem, kind)), "unusable")
        return Inspected(vault_id, state, problem=problem.message)


def inspect_with_files(vault_id: str) -> Inspected:
    """Inspect a vault with its files."""
    return inspect(vault_id, files=True)


def _verify(vault: Vault) -> int:
    count = 0
    for content_id in vault.files.ids():
        vault.files.verify(content_id)
        count += 1
    return count

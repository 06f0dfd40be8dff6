"""Making the copies that a backup keeps: the control plane, the vaults that changed, and last the key store.

The order matters. Every vault that the copied control plane knows has its copy, and every copy has its key.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from opsystem.control.hosting.keys import key_store
from opsystem.control.hosting.models import Vault as HostedVault
from opsystem.control.installation import installation
from opsystem.kit import clock
from opsystem.kit.errors import Problem
from opsystem.lifecycle.backups.contents import missing_of, named_in
from opsystem.lifecycle.backups.control_copy import copy_control
from opsystem.lifecycle.backups.key_copy import copy_key_store
from opsystem.lifecycle.backups.marks import Mark, looks_of, read_marks, write_marks
from opsystem.lifecycle.backups.problems import BackupProblem, is_no_room
from opsystem.lifecycle.backups.workshop import Workshop
from opsystem.vault.errors import VaultMissing
from opsystem.vault.snapshot import take_snapshot

_LOG = logging.getLogger(__name__)


@dataclass
class Staged:
    """What a staging did. `named` has the contents that each changed vault names and had.

    `unusable` has the vaults that could not be copied, with the problem's code; their last good copy stays.
    """

    vaults: int = 0
    named: dict[str, frozenset[str]] = field(default_factory=dict)
    unusable: dict[str, str] = field(default_factory=dict)
    missing: int = 0


def stage(shop: Workshop, keep: Callable[[], bool]) -> Staged:
    """Bring the stage up to date. Hold the workshop's lock. Raises BackupProblem when `keep` says no."""
    told = installation()
    shop.make()
    copy_control(told.database, shop.stage)
    known = [str(name) for name in _known_vaults()]
    staged, before, marks = Staged(vaults=len(known)), read_marks(shop.marks), {}
    _remove_all_but({f"{name}.db" for name in known}, shop.databases)
    for vault_id in known:
        if not keep():
            raise BackupProblem("backup_stopped")
        try:
            marks[vault_id] = _stage_vault(shop, told.vaults_dir / vault_id, before.get(vault_id), staged)
        except (Problem, OSError) as problem:
            if is_no_room(problem):
                raise
            # One vault that cannot be read must not keep the others from their backup.
            if vault_id in before:
                marks[vault_id] = replace(before[vault_id], looks=())
            staged.unusable[vault_id] = code = getattr(problem, "code", type(problem).__name__)
            _LOG.error("backup.vault_unusable", extra={"vault": vault_id, "code": code})
    copy_key_store(key_store(), shop.keystore)
    write_marks(shop.marks, marks)
    _write_manifest(shop, marks)
    return staged


def _known_vaults() -> list[str]:
    return list(
        HostedVault.objects.filter(state=HostedVault.State.OPEN)
        .order_by("directory")
        .values_list("directory", flat=True)
    )


def _stage_vault(shop: Workshop, vault: Path, before: Mark | None, staged: Staged) -> Mark:
    vault_id, final = vault.name, shop.databases / f"{vault.name}.db"
    try:
        looks = looks_of(vault)
    except FileNotFoundError:
        raise VaultMissing("This vault's database is missing.", code="vault_missing") from None
    if before is not None and looks == before.looks and final.exists():
        return before
    key = key_store().key_of(vault_id)
    unfinished = shop.databases / f"{vault_id}.new"
    size = take_snapshot(vault, vault_id, key, shop.databases, unfinished.name)
    named = named_in(unfinished, vault_id, key)
    missing = missing_of(named, vault, vault_id, key)
    if missing:
        staged.missing += len(missing)
        _LOG.error("backup.files_missing", extra={"vault": vault_id, "count": len(missing)})
    with unfinished.open("rb") as copy:
        sha256 = hashlib.file_digest(copy, "sha256").hexdigest()
    unfinished.rename(final)
    staged.named[vault_id] = named - missing
    return Mark(looks or (), size, sha256, len(named))


def gone_since(staged: Staged) -> list[str]:
    """Return the changed vaults of which a named content was removed since they were staged."""
    vaults_dir, gone = installation().vaults_dir, []
    for vault_id, named in staged.named.items():
        try:
            if missing_of(named, vaults_dir / vault_id, vault_id, key_store().key_of(vault_id)):
                gone.append(vault_id)
        except (Problem, FileNotFoundError):
            gone.append(vault_id)
    return gone


def forget_marks(shop: Workshop, vault_ids: Iterable[str]) -> None:
    """Let the next staging copy these vaults anew."""
    marks = read_marks(shop.marks)
    for vault_id in vault_ids:
        marks.pop(vault_id, None)
    write_marks(shop.marks, marks)


def forget_vault(shop: Workshop, vault_id: str) -> None:
    """Remove the staged copy of a vault that was deleted. The next staging would do it as well."""
    (shop.databases / f"{vault_id}.db").unlink(missing_ok=True)


def _remove_all_but(names: set[str], folder: Path) -> None:
    for path in folder.iterdir():
        if path.name not in names:
            path.unlink()


def _write_manifest(shop: Workshop, marks: Mapping[str, Mark]) -> None:
    vaults = {
        name: {"bytes": mark.size, "sha256": mark.sha256, "contents": mark.contents}
        for name, mark in sorted(marks.items())
    }
    shop.manifest.write_text(
        json.dumps({"form": 1, "made_at": clock.now().isoformat(), "vaults": vaults}, indent=1)
    )

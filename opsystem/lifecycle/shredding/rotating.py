"""Rotating the epoch of this installation, with a look into every live vault before anything is destroyed."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from opsystem.control.audit.events import record
from opsystem.control.hosting.keys import key_store
from opsystem.control.installation import installation
from opsystem.lifecycle.backups.running import run_backup
from opsystem.vault.database import DATABASE_NAME, key_fits
from opsystem.vault.keys import derive
from opsystem.vault.keystore.intent import Rotated
from opsystem.vault.keystore.rotation import rotate

_LOG = logging.getLogger(__name__)


def rotate_epoch(drop: Iterable[str] = ()) -> Rotated:
    """Destroy the present epoch and leave out the vaults in `drop` for ever; finishes what was cut short.

    Raises RotationHeld, SlotSilent or SlotRefused where it cannot go on; then nothing is lost.
    """
    done = rotate(key_store(), drop, opens=vault_fits, keep=_back_up)
    record(
        "keys.rotated",
        result="done" if done.is_proven else "proof_pending",
        object_id=f"epoch {done.from_epoch}",
    )
    _LOG.info(
        "keys.rotated", extra={"epoch": done.to_epoch, "vaults": done.live, "dropped": len(done.dropped)}
    )
    return done


def _back_up() -> None:
    """Make a backup that has the new key store, where backups are set up."""
    if installation().backups is not None:
        run_backup()


def vault_fits(vault_id: str, key: bytes) -> bool:
    """Say whether a vault's database opens with this key; a vault whose directory is missing does not."""
    return key_fits(installation().vaults_dir / vault_id / DATABASE_NAME, derive(key, vault_id, "db"))

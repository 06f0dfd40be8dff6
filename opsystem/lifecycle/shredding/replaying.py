"""After a restore: what an older control plane still has of deleted businesses goes again."""

from __future__ import annotations

from opsystem.control.hosting.deletions import ask_deletion
from opsystem.control.hosting.keys import key_store
from opsystem.control.hosting.models import Deletion, Vault
from opsystem.vault.keystore import vault_hash


def replay_tombstones() -> int:
    """Enter a deletion, due at once, for every vault whose key is destroyed and that none was entered for.

    Answers how many. Their keys are gone already; what is left are rows and unreadable bytes.
    """
    stones = key_store().tombstones()
    if not stones:
        return 0
    entered = set(Deletion.objects.values_list("vault_id", flat=True))
    replayed = 0
    for vault_id in Vault.objects.values_list("directory", flat=True):
        stone = stones.get(vault_hash(vault_id))
        if stone is not None and vault_id not in entered:
            ask_deletion(vault_id, asked_by=None, at=stone.at, due_at=stone.at)
            replayed += 1
    return replayed

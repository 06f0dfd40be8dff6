"""Keeping the newest head of a vault's journal, and giving it back to whoever checks the vault."""

from __future__ import annotations

from opsystem.control.witness.models import JournalHead
from opsystem.vault.journals.heads import Head


def witnessed(vault_id: str) -> Head | None:
    """Return the newest head that was kept of a vault, or None."""
    row = JournalHead.objects.filter(directory=vault_id).first()
    if row is None:
        return None
    return Head(row.at, row.position, row.hash, row.signer, row.signature)


def keep_head(vault_id: str, head: Head) -> None:
    """Keep a vault's new head instead of the one before. Whether it leads there is the caller's to check."""
    JournalHead.objects.update_or_create(
        directory=vault_id,
        defaults={
            "at": head.at,
            "position": head.position,
            "hash": head.hash,
            "signer": head.signer,
            "signature": head.signature,
        },
    )


def forget_head(vault_id: str) -> None:
    """Forget what a vault said: it is gone, or was put back to an earlier time on purpose."""
    JournalHead.objects.filter(directory=vault_id).delete()

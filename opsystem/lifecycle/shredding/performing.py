"""Doing the deletions whose time has come: keys first, then bytes and rows, then the certificate.

Each step may be done twice, so a run that was cut short is finished by the next one.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from opsystem.control.audit.events import record
from opsystem.control.hosting import deletions
from opsystem.control.hosting.keys import key_store
from opsystem.control.hosting.models import Deletion, Vault
from opsystem.control.installation import installation
from opsystem.kit import clock
from opsystem.kit.errors import Conflict
from opsystem.lifecycle.opening import let_go_of_deleted
from opsystem.lifecycle.shredding.attempts import try_to_open
from opsystem.lifecycle.shredding.certificate import certificate_of
from opsystem.lifecycle.shredding.letters import owners_of, tell_owners
from opsystem.lifecycle.shredding.remains import remove_vault
from opsystem.lifecycle.shredding.rotating import rotate_epoch
from opsystem.lifecycle.shredding.steady import expect_steady_clock
from opsystem.vault.keystore import vault_hash
from opsystem.vault.keystore.intent import proof_of

_LOG = logging.getLogger(__name__)
_MOST, _MOST_SHARE = 10, 0.02


def delete_what_is_due(at: datetime | None = None) -> list[Deletion]:
    """Do every deletion that is due. Answers those that are finished now.

    Raises Conflict when suspiciously many are due at once or the clock jumped, and what stops a rotation.
    """
    due = deletions.due_deletions(at or clock.now())
    if not due:
        return []
    expect_steady_clock()
    most = max(_MOST, int(Vault.objects.count() * _MOST_SHARE))
    fresh = sum(1 for deletion in due if not key_store().is_shredded(deletion.vault_id))
    if fresh > most:
        _LOG.error("deletion.too_many", extra={"due": fresh, "most": most})
        raise Conflict(
            f"{fresh} deletions are due at once, more than {most}. Do them one by one with `vault shred`.",
            code="too_many_deletions",
        )
    return shred(due)


def shred(chosen: Sequence[Deletion]) -> list[Deletion]:
    """Delete these vaults for good, now. Answers those that are finished: proven and certified."""
    for deletion in chosen:
        deletions.close_vault(deletion.vault_id)
    if not all(key_store().is_shredded(deletion.vault_id) for deletion in chosen):
        rotate_epoch([deletion.vault_id for deletion in chosen])
    let_go_of_deleted()
    return [deletion for deletion in chosen if _finish(deletion)]


def _finish(deletion: Deletion) -> bool:
    if deletion.destroyed_at is None:
        deletion.destroyed_at = clock.now()
        deletion.save(update_fields=["destroyed_at"])
    owners = owners_of(deletion)
    files = remove_vault(installation().vaults_dir, deletion.vault_id)
    rows = deletions.remove_rows(deletion)
    tried = try_to_open(key_store(), deletion.vault_id)
    proof = proof_of(key_store().disk, vault_hash(deletion.vault_id))
    if proof is None or tried.opened:
        _LOG.error("deletion.not_proven", extra={"opened": tried.opened})
        return False
    deletion.certificate = certificate_of(deletion, proof, tried, files, rows)
    deletion.destroyed_at = datetime.fromisoformat(proof.rotation.finished_at)
    deletion.finished_at = clock.now()
    deletion.save(update_fields=["certificate", "destroyed_at", "finished_at"])
    record("deletion.done", business_id=deletion.business_id, object_id=f"deletion {deletion.pk}")
    if deletion.numbers:
        _LOG.warning("deletion.numbers_to_release", extra={"count": len(deletion.numbers)})
    tell_owners(deletion, "deletion_done", owners)
    return True

"""Signing a vault's journal, and keeping the signed head where whoever rewrites the vault cannot reach it."""

from __future__ import annotations

import logging
from datetime import datetime

from opsystem.control.witness.heads import keep_head, witnessed
from opsystem.vault import Vault
from opsystem.vault.database import driver_connection
from opsystem.vault.journals.chain_check import ChainReport
from opsystem.vault.journals.checking import check_journal, leads_to
from opsystem.vault.journals.heads import prune_heads, sign_head

_LOG = logging.getLogger(__name__)


def sign_and_keep(vault: Vault, now: datetime) -> None:
    """Sign the newest entry and keep its head, unless the journal no longer leads to the one kept before."""
    with vault.mechanics() as session:
        connection = driver_connection(session.connection())
        head = sign_head(connection, vault.signer, now)
        prune_heads(connection)
    before = witnessed(vault.id)
    if before is not None and not leads_to(vault, before):
        _LOG.error("journal.not_as_signed", extra={"vault": vault.id, "position": before.position})
        return
    if head is not None:
        keep_head(vault.id, head)


def check_witnessed_journal(vault: Vault) -> ChainReport:
    """Check a vault's journal, also against the head that was kept outside of it."""
    known = witnessed(vault.id)
    return check_journal(vault, [known] if known is not None else [])

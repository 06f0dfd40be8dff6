"""Erasing again, in a restored vault, the clients who were erased after its backup was made.

Who they were is asked of whatever is newer: the vault that is still there, the last staged copy, the newest
backup. They know numbers only.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select

from opsystem.business.erasure.operations import erase_again
from opsystem.business.erasure.wiping import wipe
from opsystem.business.nouns import SCHEMA
from opsystem.kit.errors import Problem
from opsystem.kit.refs import make_ref
from opsystem.operations import Actor
from opsystem.vault import Vault
from opsystem.vault.database import connect
from opsystem.vault.errors import VaultUnusable
from opsystem.vault.keys import derive

_LOG = logging.getLogger(__name__)
_ERASED = str(select(SCHEMA.tables.erasure.c.client_id))


def erased_in(databases: Iterable[Path], vault_id: str, key: bytes) -> set[int]:
    """Return the numbers of the clients who were erased, as these databases of one vault know it.

    A database that is missing or damaged knows nothing.
    """
    erased: set[int] = set()
    for database in databases:
        if not database.is_file():
            continue
        try:
            connection = connect(database, derive(key, vault_id, "db"))
        except VaultUnusable as unusable:
            _LOG.warning("backup.erasures_unread", extra={"vault": vault_id, "code": unusable.code})
            continue
        try:
            erased |= {number for (number,) in connection.execute(_ERASED)}
        finally:
            connection.close()
    return erased


def erase_anew(vault: Vault, erased: Iterable[int]) -> int:
    """Erase those of these clients who are in a restored vault; return how many could not be erased now."""
    left, gone = 0, 0
    for number in sorted(erased):
        try:
            gone += erase_again.perform(vault, Actor.system(), {"client": make_ref("client", number)}).value
        except Problem as problem:
            left += 1
            _LOG.error("backup.erasure_left", extra={"vault": vault.id, "code": problem.code})
    if gone:
        wipe(vault)
    return left

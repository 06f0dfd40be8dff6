"""Leaving nothing of what was removed on the disk: the search index and the database are written anew."""

from __future__ import annotations

from sqlalchemy import text

from opsystem.vault.handle import Vault


def compact(vault: Vault) -> bool:
    """Write the search index and the database anew, and empty the write-ahead log.

    Deleted rows are overwritten as they go (`secure_delete`), but words can stay in the index's older
    segments and in the gaps of pages. Returns False when somebody was reading, so that the log could not
    be emptied: to be tried again. Needs as much memory as the database is large, and holds up writers.
    """
    with vault.mechanics() as session:
        session.execute(text("INSERT INTO search_index (search_index) VALUES ('rebuild')"))
    return vault.rewrite()

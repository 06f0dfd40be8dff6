"""Searching among few clients: for actors who see only their own work.

The best matches of the whole business would hide theirs, so the index is asked for their
clients' rows only, before anything is ranked.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from opsystem.vault.search import Hit, match_expression

_MOST = 500

_FIND = text(
    """
    SELECT search_row.kind, search_row.record_id, search_row.client_id, search_row.title,
           snippet(search_index, 1, '', '', '…', 12) AS excerpt
    FROM search_index JOIN search_row ON search_row.id = search_index.rowid
    WHERE search_index MATCH :query AND search_row.kind IN :kinds
      AND (search_row.client_id IN :clients OR search_row.client_id IS NULL)
    ORDER BY bm25(search_index, 4.0, 1.0) LIMIT :most
    """
).bindparams(bindparam("kinds", expanding=True), bindparam("clients", expanding=True))


def find_among(session: Session, words: str, kinds: Collection[str], clients: Collection[int]) -> list[Hit]:
    """Return matches of these kinds that belong to these clients or to none, best first."""
    query = match_expression(words)
    if not query:
        return []
    given = {"query": query, "kinds": list(kinds), "clients": list(clients) or [0], "most": _MOST}
    rows = session.execute(_FIND, given)
    return [Hit(row.kind, row.record_id, row.client_id, row.title, row.excerpt) for row in rows]

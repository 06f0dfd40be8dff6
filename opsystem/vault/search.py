"""Finding records by words: an FTS5 index over every noun, kept by triggers."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

_WORD = re.compile(r"\w+", re.UNICODE)
_MOST_WORDS = 8

_FIND = text(
    """
    SELECT search_row.kind, search_row.record_id, search_row.client_id, search_row.title,
           snippet(search_index, 1, '', '', '…', 12) AS excerpt
    FROM search_index JOIN search_row ON search_row.id = search_index.rowid
    WHERE search_index MATCH :query AND (:all_kinds OR search_row.kind IN :kinds)
    ORDER BY bm25(search_index, 4.0, 1.0) LIMIT :limit
    """
).bindparams(bindparam("kinds", expanding=True))


@dataclass(frozen=True)
class Hit:
    """A found record: its kind and number, its title and the words around the match."""

    kind: str
    record_id: int
    client_id: int | None
    title: str
    excerpt: str


def match_expression(words: str) -> str:
    """Return the FTS5 expression of what a person typed: every word, each as a beginning.

    Words are quoted, so that nothing typed is ever an operator.
    """
    return " ".join(f'"{word}"*' for word in _WORD.findall(words)[:_MOST_WORDS])


def find(session: Session, words: str, *, kinds: Collection[str] = (), limit: int = 20) -> list[Hit]:
    """Return the best matches for typed words, best first; none when nothing can be looked for."""
    query = match_expression(words)
    if not query:
        return []
    parameters = {"query": query, "all_kinds": not kinds, "kinds": list(kinds) or [""], "limit": limit}
    rows = session.execute(_FIND, parameters)
    return [Hit(row.kind, row.record_id, row.client_id, row.title, row.excerpt) for row in rows]

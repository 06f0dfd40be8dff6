"""Finding records by words: an FTS5 index over every noun, kept by triggers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import BindParameter, bindparam, text
from sqlalchemy.orm import Session

_WORD = re.compile(r"\w+", re.UNICODE)
_MOST_WORDS = 8

# So many of the newest matches are ranked. More than that say that the words are too few, and
# ranking them all would take longer than typing on.
_RANKED = 1000
_LONGEST_BODY = 4000
_EXCERPT_WORDS = 12

_OLDEST = (
    "SELECT search_index.rowid FROM search_index{join} WHERE {chosen}"
    " ORDER BY search_index.rowid DESC LIMIT 1 OFFSET :ranked"
)
# Ranked on numbers alone: texts are fetched for the few rows that are shown.
_FIND = (
    "SELECT search_row.kind, search_row.record_id, search_row.client_id, search_row.title,"
    " substr(search_row.body, 1, :longest) AS body"
    " FROM (SELECT search_index.rowid AS id, bm25(search_index, 4.0, 1.0) AS score FROM search_index{join}"
    " WHERE {chosen} AND search_index.rowid > :oldest ORDER BY score LIMIT :limit) AS best"
    " JOIN search_row ON search_row.id = best.id ORDER BY best.score"
)


@dataclass(frozen=True)
class Hit:
    """A found record: its kind and number, its title and some words around the match."""

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


def find(
    session: Session,
    words: str,
    *,
    kinds: Collection[str] = (),
    clients: Collection[int] | None = None,
    limit: int = 20,
) -> list[Hit]:
    """Return the best matches for typed words, best first; none when nothing can be looked for.

    No `kinds` means all of them. With `clients`, only rows of these clients, or of none, are looked at.
    """
    query = match_expression(words)
    if not query:
        return []
    given: dict[str, object] = {"query": query, "ranked": _RANKED}
    chosen = ["search_index MATCH :query"]
    narrowed: list[BindParameter[list[object]]] = []
    if kinds:
        chosen.append("search_row.kind IN :kinds")
        narrowed.append(bindparam("kinds", list(kinds), expanding=True))
    if clients is not None:
        chosen.append("(search_row.client_id IN :clients OR search_row.client_id IS NULL)")
        narrowed.append(bindparam("clients", list(clients), expanding=True))
    parts = {
        "chosen": " AND ".join(chosen),
        "join": " JOIN search_row ON search_row.id = search_index.rowid" if narrowed else "",
    }
    oldest = session.scalar(text(_OLDEST.format(**parts)).bindparams(*narrowed), given)
    given |= {"oldest": oldest or 0, "limit": limit, "longest": _LONGEST_BODY}
    rows = session.execute(text(_FIND.format(**parts)).bindparams(*narrowed), given)
    looked_for = [_bare(word) for word in _WORD.findall(words)[:_MOST_WORDS]]
    return [
        Hit(row.kind, row.record_id, row.client_id, row.title, _excerpt(row.body, looked_for)) for row in rows
    ]


def _bare(word: str) -> str:
    """Return a word as the index knows it: small letters without accents."""
    apart = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _excerpt(body: str, looked_for: list[str]) -> str:
    """Return a dozen words of a text around the first one that was looked for."""
    found = list(_WORD.finditer(body))
    if not found:
        return ""
    matches = (place for place, word in enumerate(found) if _bare(word[0]).startswith(tuple(looked_for)))
    first = max(0, next(matches, 0) - _EXCERPT_WORDS // 3)
    last = min(len(found), first + _EXCERPT_WORDS) - 1
    begin = 0 if first == 0 else found[first].start()
    end = len(body) if last == len(found) - 1 else found[last].end()
    return f"{'…' if begin else ''}{body[begin:end].strip()}{'…' if end < len(body) else ''}"

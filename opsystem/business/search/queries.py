"""Finding any record by its reference or by words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal, get_args

from pydantic import Field
from sqlalchemy import Row, select

from opsystem.business.clients.models import Client
from opsystem.business.jobs.models import Visit
from opsystem.business.record import Record
from opsystem.business.search.records import Found
from opsystem.business.titles import KINDS, title_of
from opsystem.kit.phone import show_phone
from opsystem.kit.refs import KINDS as LETTERS
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query
from opsystem.vault.search import Hit, find

FindableKind = Literal[
    "client", "person", "property", "job", "visit", "note", "message", "file", "request", "quote", "invoice",
    "expense", "price", "template", "member", "certificate", "equipment"
]  # fmt: skip
_REFERENCE = re.compile(r"\b([A-Za-z]{1,2})-([1-9][0-9]{0,17})\b")
_MOST_REFERENCES = 5
_MOST_NARROWED = 500
_INDEXED = frozenset(
    table.info["search"].kind for table in Record.metadata.tables.values() if "search" in table.info
)


@query(permission=Permission.SEARCH, label="Search")
def search_records(
    work: Work,
    *,
    text: Annotated[str, Field(max_length=200, description="Words, beginnings of words, or a reference.")],
    kinds: Annotated[list[FindableKind], Field(description="Kinds to look for; none means all.")] = [],  # noqa: B006
    limit: Annotated[int, Field(ge=1, le=100)] = 20,
) -> list[Found]:
    """Find clients, properties, jobs, visits, notes, messages, files, money papers, prices, people and more.

    Records whose references were typed come first, then the best matches of the words.
    """
    asked: set[str] = set(kinds) or set(get_args(FindableKind))
    allowed = {kind for kind in asked if work.actor.may(KINDS[kind].permission)}
    exact = _exact(work, text, allowed)
    # A reference by itself is no word to look for: "C-1" would find everything with a c and a 1.
    words = text if not exact or _REFERENCE.sub("", text).strip() else ""
    hits = _hits(work, words, allowed, limit)
    if "visit" in kinds:
        hits = _visits(work, text, limit) + [hit for hit in hits if hit.kind != "visit"]
    found: dict[tuple[str, int], tuple[Hit, bool]] = {}
    for hit, is_exact in [*((hit, True) for hit in exact), *((hit, False) for hit in hits)]:
        found.setdefault((hit.kind, hit.record_id), (hit, is_exact))
    return _records(work, list(found.values())[:limit])


def _exact(work: Work, text: str, allowed: set[str]) -> list[Hit]:
    """Return the records whose references stand in the text, as far as they are there for this actor."""
    hits = []
    for letter, digits in _REFERENCE.findall(text)[:_MOST_REFERENCES]:
        kind, number = LETTERS.get(letter.upper(), ""), int(digits)
        if kind not in allowed:
            continue
        row = work.session.get(KINDS[kind].entity, number)
        title = title_of(work, kind, number)
        if row is not None and title is not None:
            hits.append(Hit(kind, number, KINDS[kind].client(work, row), title, ""))
    return hits


def _hits(work: Work, text: str, allowed: set[str], limit: int) -> list[Hit]:
    if not allowed - {"visit"}:
        return []
    kinds = () if allowed >= _INDEXED else sorted(allowed)
    if not work.actor.is_restricted:
        return find(work.session, text, kinds=kinds, limit=limit)
    # The best matches of the whole business would hide his: only his clients' rows are ranked.
    clients = work.session.scalars(select(Client.id)).all()
    hits = find(work.session, text, kinds=kinds, clients=clients, limit=_MOST_NARROWED)
    return _visible(work, hits)[:limit]


def _visible(work: Work, hits: list[Hit]) -> list[Hit]:
    """Return the hits whose records are there for this actor: asked through the scoped session."""
    numbers: dict[str, set[int]] = {}
    for hit in hits:
        numbers.setdefault(hit.kind, set()).add(hit.record_id)
    seen: set[tuple[str, int]] = set()
    for kind, wanted in numbers.items():
        entity = KINDS[kind].entity
        seen.update(
            (kind, number) for number in work.session.scalars(select(entity.id).where(entity.id.in_(wanted)))
        )
    return [hit for hit in hits if (hit.kind, hit.record_id) in seen]


def _visits(work: Work, text: str, limit: int) -> list[Hit]:
    """Return the visits of the jobs that the words find, newest first."""
    if not work.actor.may(KINDS["visit"].permission):
        return []
    jobs = {hit.record_id: hit for hit in _hits(work, text, {"job"}, limit)}
    newest = select(Visit).where(Visit.job_id.in_(jobs)).order_by(Visit.starts_at.desc()).limit(limit)
    return [
        Hit("visit", visit.id, jobs[visit.job_id].client_id, title_of(work, "visit", visit.id) or "", "")
        for visit in work.session.scalars(newest).all()
    ]


def _records(work: Work, hits: Iterable[tuple[Hit, bool]]) -> list[Found]:
    chosen = list(hits)
    wanted = {hit.client_id for hit, _ in chosen if hit.client_id is not None}
    columns = select(Client.id, Client.name, Client.company, Client.phone, Client.email)
    clients = {row.id: row for row in work.session.execute(columns.where(Client.id.in_(wanted)))}
    return [
        Found(
            ref=make_ref(hit.kind, hit.record_id),
            kind=hit.kind,
            id=hit.record_id,
            title=client.name if client is not None and hit.kind == "client" else hit.title.strip(),
            excerpt=_told(hit, client),
            client=make_ref("client", hit.client_id) if hit.client_id is not None else None,
            client_name=client.name if client is not None else None,
            exact=exact,
        )
        for hit, exact in chosen
        for client in (clients.get(hit.client_id or 0),)
    ]


def _told(hit: Hit, client: Row[*tuple[Any, ...]] | None) -> str:
    """Return what is told of a record beside its title: of a client how to reach them.

    The index holds numbers in the forms people type, and the client's name with everything.
    """
    if client is None:
        return hit.excerpt.strip()
    if hit.kind == "client":
        phone = show_phone(client.phone) if client.phone else ""
        return " · ".join(part for part in (client.company, phone, client.email) if part)
    return hit.excerpt.strip().removesuffix(client.name).strip()

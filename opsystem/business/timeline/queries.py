"""The feed of a client: every source asked for its newest rows, the newest of all shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, String, func, literal, literal_column, select

from opsystem.business.clients.models import Client
from opsystem.business.fields.operations import entity_of
from opsystem.business.jobs.queries.jobs import PageNumber
from opsystem.business.record import Record
from opsystem.business.references import ClientRef, number_of
from opsystem.business.timeline.sources import SOURCES, Source
from opsystem.kit.refs import make_ref
from opsystem.operations import Page, Permission, Work, query
from opsystem.vault import Moment

PAGE = 40


class EventKind(StrEnum):
    """What sort of event it is."""

    MESSAGE = "message"
    VISIT = "visit"
    JOB = "job"
    NOTE = "note"
    FILE = "file"
    MONEY = "money"


@dataclass(frozen=True)
class Happened:
    """One event: when (aware UTC), what in words, by whom, and the record it is about."""

    at: datetime
    kind: EventKind
    what: str
    text: str
    by: str
    ref: str


@query(permission=Permission.CLIENTS_READ, label="Show feed of a client")
def show_feed(
    work: Work, *, client: ClientRef, kind: EventKind | None = None, page: PageNumber = 1
) -> Page[Happened]:
    """Show what happened around a client, newest first: messages, visits, jobs, notes, files, money.

    40 a page, of one kind if asked; what the asker may not see is left out.
    """
    row = work.get(Client, number_of(client), "client")
    asked = [
        one for one in SOURCES if work.actor.may(one.permission) and (kind is None or one.kind == kind.value)
    ]
    total, found = 0, list[Any]()
    for source in asked:
        statement = _rows_of(source, row.id)
        total += work.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
        newest = statement.order_by(literal_column("at").desc()).limit(page * PAGE)
        found += work.session.execute(newest).all()
    found.sort(key=lambda one: (one.at, one.id), reverse=True)
    rows = [
        Happened(
            one.at, EventKind(one.kind), one.what, one.text or "", one.by or "", make_ref(one.noun, one.id)
        )
        for one in found[(page - 1) * PAGE : page * PAGE]
    ]
    return Page(rows, total, page, PAGE)


def _rows_of(source: Source, client_id: int) -> Select[int, datetime, str, str, str, str, str]:
    entity: type[Record] = entity_of(source.table)
    whose = entity.__table__.info["client"].format(row=source.table)  # type: ignore[attr-defined]
    return select(
        entity.id.label("id"),
        literal_column(source.at, Moment).label("at"),
        literal(source.kind).label("kind"),
        literal(source.table).label("noun"),
        literal_column(source.what, String).label("what"),
        literal_column(source.text, String).label("text"),
        literal_column(source.by, String).label("by"),
    ).where(literal_column(whose) == client_id, literal_column(f"({source.where})"))

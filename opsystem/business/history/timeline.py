"""Everything that happened around a client, by whom: read from the journal, as far as one may see it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, and_, false, func, or_, select

from opsystem.business.clients.merged import numbers_of
from opsystem.business.clients.models import Client
from opsystem.business.conversations.models import Message
from opsystem.business.conversations.queries import message_rows
from opsystem.business.conversations.records import MessageRow
from opsystem.business.history.queries import change_rows
from opsystem.business.history.reading import QUIET, entities, readable_tables
from opsystem.business.history.records import ChangeRow, TimelineRow
from opsystem.business.references import ClientRef, number_of
from opsystem.kit.refs import LETTERS, make_ref
from opsystem.operations import Page, Permission, Work, query

PAGE = 40

# What a line of several changes is shown as: the first of these tables that it touched.
_KINDS = ("message", "file", "note", "visit", "assignment", "task", "job", "property", "client", "thread")
_SHOWN_AS = {"assignment": "visit", "task": "job", "thread": "message"}
_Touched = dict[int, list[tuple[str, int, str]]]


@query(permission=Permission.CLIENTS_READ, label="Show client's history")
def client_timeline(
    work: Work, *, client: ClientRef, page: Annotated[int, Field(ge=1)] = 1
) -> Page[TimelineRow]:
    """List everything that happened around a client, newest first, as far as the asker may see it."""
    number = work.get(Client, number_of(client), "client").id
    tables = work.vault.schema.tables
    change, sets = tables.change, tables.change_set
    told = and_(change.c.client_id.in_(numbers_of(work, number)), _readable(work, number))
    mine = (
        select(change.c.change_set_id)
        .join(sets, sets.c.id == change.c.change_set_id)
        .where(told, sets.c.operation.not_in(QUIET))
        .distinct()
    )
    total = work.session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    newest = select(sets).where(sets.c.id.in_(mine)).order_by(sets.c.at.desc(), sets.c.id.desc())
    found = work.session.execute(newest.limit(PAGE).offset((page - 1) * PAGE)).all()
    touched: _Touched = {}
    for item in work.session.execute(
        select(change.c.change_set_id, change.c.table_name, change.c.row_id, change.c.action)
        .where(change.c.change_set_id.in_([row.id for row in found]), told)
        .order_by(change.c.id)
    ):
        touched.setdefault(item.change_set_id, []).append((item.table_name, item.row_id, item.action))
    messages = _messages(work, touched)
    rows = [_line(row, touched.get(row.id, []), messages) for row in change_rows(work, found)]
    return Page(rows=rows, total=total, number=page, size=PAGE)


def _readable(work: Work, client_id: int) -> ColumnElement[bool]:
    """Return the condition on journal rows that keeps what the actor may read about a client.

    For a restricted actor: rows of those records only that are there for him.
    """
    change = work.vault.schema.tables.change
    tables = readable_tables(work)
    if not work.actor.is_restricted:
        return change.c.table_name.in_(tables)
    ways: list[ColumnElement[bool]] = []
    for table, entity in entities().items():
        if table not in tables or table in {"member", "profile", "checklist", "checklist_item", "template"}:
            continue
        ids = select(entity.id)
        if "client_id" in entity.__table__.c:
            ids = ids.where(entity.__table__.c.client_id == client_id)
        numbers = work.session.scalars(ids).all()
        if numbers:
            ways.append(and_(change.c.table_name == table, change.c.row_id.in_(numbers)))
    return or_(*ways) if ways else false()


def _line(row: ChangeRow, items: list[tuple[str, int, str]], messages: dict[int, MessageRow]) -> TimelineRow:
    tables = {table for table, _, _ in items}
    kind = next((kind for kind in _KINDS if kind in tables), "client")
    refs = list(dict.fromkeys(make_ref(table, number) for table, number, _ in items if table in LETTERS))
    made = [number for table, number, action in items if table == "message" and action == "insert"]
    message = messages.get(made[0]) if made else None
    return TimelineRow(row, _SHOWN_AS.get(kind, kind), refs, message)


def _messages(work: Work, touched: _Touched) -> dict[int, MessageRow]:
    items = [item for group in touched.values() for item in group]
    made = [number for table, number, action in items if table == "message" and action == "insert"]
    if not made:
        return {}
    rows = work.session.scalars(select(Message).where(Message.id.in_(made))).all()
    return {row.id: row for row in message_rows(work, list(rows))}

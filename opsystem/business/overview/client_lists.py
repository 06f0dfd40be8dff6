"""The list of clients: fast with ten thousand of them, since only one page's rows are looked into."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, func, select, text

from opsystem.business.clients.models import Client, Property
from opsystem.business.conversations.models import Thread
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.queries.jobs import PageNumber
from opsystem.business.overview.records import ClientRow, NextVisit
from opsystem.business.profile.queries import profile_row
from opsystem.business.wording import Line
from opsystem.kit import clock
from opsystem.kit.refs import make_ref
from opsystem.operations import Page, Permission, Work, query
from opsystem.vault.search import match_expression

PAGE = 50

# Clients by their own words or by a property's; the number of a client is what both rows carry.
_FOUND = (
    "SELECT search_row.client_id FROM search_index JOIN search_row ON search_row.id = search_index.rowid"
    " WHERE search_index MATCH :words AND search_row.kind IN ('client', 'property')"
)


class ClientSort(StrEnum):
    """In which order clients are listed."""

    NAME = "name"
    NEWEST = "newest"
    NEXT_VISIT = "next_visit"
    LAST_CONTACT = "last_contact"


class ArchiveFilter(StrEnum):
    """Whether archived clients are listed."""

    CURRENT = "current"
    ARCHIVED = "archived"
    ALL = "all"


@query(permission=Permission.CLIENTS_READ, label="List clients")
def list_clients(
    work: Work,
    *,
    text: Line = "",
    archived: ArchiveFilter = ArchiveFilter.CURRENT,
    sort: ClientSort = ClientSort.NAME,
    page: PageNumber = 1,
) -> Page[ClientRow]:
    """List clients, 50 a page. `text` is looked for in names, companies, numbers, addresses and notes."""
    conditions = _conditions(text, archived)
    total = work.session.scalar(select(func.count(Client.id)).where(*conditions)) or 0
    statement = _sorted(work, select(Client).where(*conditions), sort)
    clients = list(work.session.scalars(statement.limit(PAGE).offset((page - 1) * PAGE)))
    numbers = [client.id for client in clients]
    cities, visits, contacts = _cities(work, numbers), _next_visits(work, numbers), _contacts(work, numbers)
    rows = [
        ClientRow(
            ref=client.ref,
            id=client.id,
            name=client.name,
            company=client.company,
            phone=client.phone,
            email=client.email,
            city=cities.get(client.id),
            archived=client.archived_at is not None,
            next_visit=visits.get(client.id),
            last_contact_at=contacts.get(client.id),
        )
        for client in clients
    ]
    return Page(rows, total, page, PAGE)


def _conditions(words: str, archived: ArchiveFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if archived is ArchiveFilter.CURRENT:
        conditions.append(Client.archived_at.is_(None))
    elif archived is ArchiveFilter.ARCHIVED:
        conditions.append(Client.archived_at.is_not(None))
    expression = match_expression(words)
    if expression:
        found = text(_FOUND).bindparams(words=expression).columns(client_id=Integer)
        conditions.append(Client.id.in_(found))
    return conditions


def _sorted(work: Work, statement: Select[Client], sort: ClientSort) -> Select[Client]:
    if sort is ClientSort.NEWEST:
        return statement.order_by(Client.id.desc())
    key: Any = None
    if sort is ClientSort.NEXT_VISIT:
        upcoming = (
            select(Job.client_id, func.min(Visit.starts_at).label("at"))
            .join(Job, Job.id == Visit.job_id)
            .where(Visit.starts_at >= work.now, Visit.cancelled_at.is_(None), Visit.finished_at.is_(None))
            .group_by(Job.client_id)
            .subquery()
        )
        statement = statement.outerjoin(upcoming, upcoming.c.client_id == Client.id)
        key = upcoming.c.at.asc().nulls_last()
    elif sort is ClientSort.LAST_CONTACT and work.actor.may(Permission.MESSAGES_READ):
        latest = (
            select(Thread.client_id, func.max(Thread.last_at).label("at"))
            .where(Thread.client_id.is_not(None))
            .group_by(Thread.client_id)
            .subquery()
        )
        statement = statement.outerjoin(latest, latest.c.client_id == Client.id)
        key = latest.c.at.desc().nulls_last()
    by_name = (Client.name, Client.id)
    return statement.order_by(*((key, *by_name) if key is not None else by_name))


def _cities(work: Work, clients: Collection[int]) -> dict[int, str]:
    statement = (
        select(Property.client_id, Property.city)
        .where(Property.client_id.in_(clients), Property.removed_at.is_(None))
        .order_by(Property.id.desc())
    )
    # The first property entered is read last and stays.
    return {client_id: city for client_id, city in work.session.execute(statement)}  # noqa: C416


def _next_visits(work: Work, clients: Collection[int]) -> dict[int, NextVisit]:
    statement = (
        select(Job.client_id, Visit.id, Visit.starts_at)
        .join(Visit, Visit.job_id == Job.id)
        .where(
            Job.client_id.in_(clients),
            Visit.starts_at >= work.now,
            Visit.cancelled_at.is_(None),
            Visit.finished_at.is_(None),
        )
        .order_by(Visit.starts_at.desc(), Visit.id.desc())
    )
    found = work.session.execute(statement).all()
    zone = profile_row(work.session).zone if found else "UTC"
    return {
        client_id: NextVisit(make_ref("visit", visit_id), starts_at, clock.local(starts_at, zone))
        for client_id, visit_id, starts_at in found
    }


def _contacts(work: Work, clients: Collection[int]) -> dict[int | None, datetime]:
    if not work.actor.may(Permission.MESSAGES_READ):
        return {}
    statement = (
        select(Thread.client_id, func.max(Thread.last_at))
        .where(Thread.client_id.in_(clients))
        .group_by(Thread.client_id)
    )
    return {client_id: last_at for client_id, last_at in work.session.execute(statement)}  # noqa: C416

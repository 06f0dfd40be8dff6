"""The list of clients: fast with ten thousand of them, since only one page's rows are looked into."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, null, select
from sqlalchemy.orm import aliased

from opsystem.business.clients.models import Client, Property
from opsystem.business.clients.standing import Standing, standing_column
from opsystem.business.conversations.models import Thread
from opsystem.business.fields.answering import Answers
from opsystem.business.fields.filtering import field_conditions
from opsystem.business.fields.queries import answers_of
from opsystem.business.jobs.models import Job, Visit
from opsystem.business.jobs.queries.jobs import PageNumber
from opsystem.business.overview.client_filters import ArchiveFilter, conditions_of
from opsystem.business.overview.records import ClientRow, NextVisit
from opsystem.business.profile.queries import zone_of
from opsystem.business.tags.queries import tags_of
from opsystem.business.wording import Line
from opsystem.kit import clock
from opsystem.kit.refs import make_ref
from opsystem.operations import Page, Permission, Work, query
from opsystem.vault import Moment

PAGE = 50
_Coming = aliased(Visit)


class ClientSort(StrEnum):
    """In which order clients are listed."""

    NAME = "name"
    NEWEST = "newest"
    NEXT_VISIT = "next_visit"
    LAST_CONTACT = "last_contact"


@query(permission=Permission.CLIENTS_READ, label="List clients")
def list_clients(
    work: Work,
    *,
    text: Line = "",
    archived: ArchiveFilter = ArchiveFilter.CURRENT,
    standing: Standing | None = None,
    tag: Line = "",
    fields: Answers = {},  # noqa: B006
    sort: ClientSort = ClientSort.NAME,
    page: PageNumber = 1,
) -> Page[ClientRow]:
    """List clients, 50 a page. `text` is looked for in names, companies, numbers, addresses and notes.

    `fields` narrows by custom fields: exact, a range like `100..250`, or `*` for any answer.
    """
    conditions = conditions_of(text, archived, standing, tag)
    conditions += field_conditions(work, "client", Client.id, fields)
    total, numbers = _found(work, conditions, sort, page, searching=bool(text))
    return Page(_rows(work, numbers), total, page, PAGE)


def _found(
    work: Work, conditions: list[ColumnElement[bool]], sort: ClientSort, page: int, *, searching: bool
) -> tuple[int, list[int]]:
    """Return how many clients there are, and the numbers of those on a page, in order."""
    statement = _sorted(work, select(Client.id).where(*conditions), sort)
    first = (page - 1) * PAGE
    if searching:
        # The search is the costly part, so it is done once and counted here.
        numbers = list(work.session.scalars(statement))
        return len(numbers), numbers[first : first + PAGE]
    total = work.session.scalar(select(func.count()).select_from(Client).where(*conditions)) or 0
    return total, list(work.session.scalars(statement.limit(PAGE).offset(first)))


def _sorted(work: Work, statement: Select[int], sort: ClientSort) -> Select[int]:
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


def _rows(work: Work, numbers: list[int]) -> list[ClientRow]:
    """Return the rows of these clients, in this order."""
    statement = _details(with_contact=work.actor.may(Permission.MESSAGES_READ))
    found = work.session.execute(statement, {"numbers": numbers, "now": work.now}) if numbers else ()
    zone = zone_of(work.session)
    tags, answers = tags_of(work, numbers), answers_of(work, "client", numbers)
    rows = {}
    for (
        number, name, company, phone, email, archived_at, refused_at, refused_reason, standing, city,
        visit_id, starts_at, contact_at,
    ) in found:  # fmt: skip
        visit = None
        if visit_id is not None:
            visit = NextVisit(make_ref("visit", visit_id), starts_at, clock.local(starts_at, zone))
        rows[number] = ClientRow(
            ref=make_ref("client", number),
            id=number,
            name=name,
            company=company,
            phone=phone,
            email=email,
            city=city,
            archived=archived_at is not None,
            standing=Standing(standing),
            tags=tags[number],
            fields=answers[number],
            do_not_service=refused_reason if refused_at is not None else None,
            next_visit=visit,
            last_contact_at=contact_at,
        )
    return [rows[number] for number in numbers]


@cache
def _details(*, with_contact: bool) -> Select[*tuple[Any, ...]]:
    """Return the one statement for a page's rows, built once: building it costs as much as asking it."""
    city = (
        select(Property.city)
        .where(Property.client_id == Client.id, Property.removed_at.is_(None))
        .order_by(Property.id)
        .limit(1)
        .scalar_subquery()
    )
    coming = (
        select(_Coming.id)
        .join(Job, Job.id == _Coming.job_id)
        .where(Job.client_id == Client.id, _Coming.starts_at >= bindparam("now", type_=Moment()))
        .where(_Coming.cancelled_at.is_(None), _Coming.finished_at.is_(None))
        .order_by(_Coming.starts_at, _Coming.id)
        .limit(1)
        .scalar_subquery()
    )
    contact: Any = null()
    if with_contact:
        contact = select(func.max(Thread.last_at)).where(Thread.client_id == Client.id).scalar_subquery()
    return (
        select(
            Client.id,
            Client.name,
            Client.company,
            Client.phone,
            Client.email,
            Client.archived_at,
            Client.refused_at,
            Client.refused_reason,
            standing_column(),
            city,
            Visit.id,
            Visit.starts_at,
            contact,
        )
        .outerjoin(Visit, Visit.id == coming)
        .where(Client.id.in_(bindparam("numbers", expanding=True)))
    )

"""By what a list of clients is narrowed."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, Integer, select
from sqlalchemy import text as sql_text

from opsystem.business.clients.models import Client
from opsystem.business.clients.standing import Standing, is_active
from opsystem.business.tags.models import Tag, Tagging
from opsystem.vault.search import match_expression

# Clients by their own words, a property's or a person's: all these rows carry the number of a client.
_FOUND = (
    "SELECT search_row.client_id FROM search_index JOIN search_row ON search_row.id = search_index.rowid"
    " WHERE search_index MATCH :words AND search_row.kind IN ('client', 'property', 'person')"
)


class ArchiveFilter(StrEnum):
    """Whether archived clients are listed."""

    CURRENT = "current"
    ARCHIVED = "archived"
    ALL = "all"


def conditions_of(
    words: str, archived: ArchiveFilter, standing: Standing | None, tag: str
) -> list[ColumnElement[bool]]:
    """Return the conditions of a list of clients, over the table `client`."""
    conditions: list[ColumnElement[bool]] = []
    if tag:
        tagged = select(Tagging.client_id).join(Tag, Tag.id == Tagging.tag_id).where(Tag.name == tag)
        conditions.append(Client.id.in_(tagged))
    if standing is Standing.ARCHIVED:
        archived = ArchiveFilter.ARCHIVED
    elif standing is not None:
        conditions.append(is_active() if standing is Standing.ACTIVE else ~is_active())
    if archived is ArchiveFilter.CURRENT:
        conditions.append(Client.archived_at.is_(None))
    elif archived is ArchiveFilter.ARCHIVED:
        conditions.append(Client.archived_at.is_not(None))
    expression = match_expression(words)
    if expression:
        found = sql_text(_FOUND).bindparams(words=expression).columns(client_id=Integer)
        conditions.append(Client.id.in_(found))
    return conditions

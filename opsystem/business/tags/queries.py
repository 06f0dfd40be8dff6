"""What may be asked about tags and saved views."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import func, or_, select

from opsystem.business.tags.models import Tag, Tagging, View
from opsystem.business.tags.records import Listed, TagRow, ViewRow
from opsystem.operations import Permission, Work, query


@query(permission=Permission.CLIENTS_READ, label="List tags")
def list_tags(work: Work) -> list[TagRow]:
    """List the tags that clients can have, with how many have each."""
    statement = (
        select(Tag, func.count(Tagging.id))
        .outerjoin(Tagging, Tagging.tag_id == Tag.id)
        .group_by(Tag.id)
        .order_by(Tag.name)
    )
    return [TagRow(tag.ref, tag.id, tag.name, count) for tag, count in work.session.execute(statement)]


@query(permission=Permission.CLIENTS_READ, label="List saved views")
def list_views(work: Work, *, of: Listed = Listed.CLIENTS) -> list[ViewRow]:
    """List the saved views of a list: the shared ones, and the asker's own."""
    mine = or_(View.member_id.is_(None), View.member_id == work.actor.member_id)
    statement = select(View).where(View.of == of.value, mine).order_by(View.name, View.id)
    return [
        ViewRow(one.ref, one.id, Listed(one.of), one.name, json.loads(one.filters), one.member_id is not None)
        for one in work.session.scalars(statement)
    ]


def tags_of(work: Work, client_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the tags of these clients, by their numbers."""
    found: dict[int, list[str]] = {number: [] for number in client_ids}
    statement = (
        select(Tagging.client_id, Tag.name)
        .join(Tag, Tag.id == Tagging.tag_id)
        .where(Tagging.client_id.in_(client_ids))
        .order_by(Tag.name)
    )
    for number, name in work.session.execute(statement) if client_ids else ():
        found[number].append(name)
    return found

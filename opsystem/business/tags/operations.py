"""What may be done about tags themselves, and saved views. Who gets a tag is said at the clients."""

from __future__ import annotations

import json
from typing import Annotated

from pydantic import Field
from sqlalchemy import delete, select

from opsystem.business.references import TagRef, ViewRef, number_of
from opsystem.business.tags.models import Tag, Tagging, View
from opsystem.business.tags.records import Listed
from opsystem.business.wording import Name
from opsystem.kit.errors import Forbidden, Invalid, NotFound
from opsystem.operations import Effect, Permission, Saved, Work, operation

Filters = Annotated[
    dict[Annotated[str, Field(max_length=80)], Annotated[str, Field(max_length=200)]],
    Field(max_length=20, description="The filters of the list, as its own query takes them."),
]


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.DRAFT, label="Rename tag")
def rename_tag(work: Work, *, tag: TagRef, name: Name) -> Saved:
    """Give a tag another name, on all clients that have it."""
    row = work.get(Tag, number_of(tag), "tag")
    other = work.session.scalars(select(Tag).where(Tag.name == name, Tag.id != row.id)).one_or_none()
    if other is not None:
        message = "There is a tag of this name already."
        raise Invalid(message, code="tag_taken", fields={"name": message})
    work.describe(f"Renamed the tag {row.name} to {name}")
    row.name = name
    return Saved(row.ref, row.id)


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.COMMIT, label="Remove tag")
def remove_tag(work: Work, *, tag: TagRef) -> Saved:
    """Remove a tag from all clients that have it."""
    row = work.get(Tag, number_of(tag), "tag")
    work.session.execute(delete(Tagging).where(Tagging.tag_id == row.id))
    work.session.delete(row)
    work.describe(f"Removed the tag {row.name}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.CLIENTS_READ, effect=Effect.DRAFT, label="Save view")
def save_view(
    work: Work, *, name: Name, filters: Filters, of: Listed = Listed.CLIENTS, shared: bool = False
) -> Saved:
    """Keep a list as it is filtered now, for oneself or (`shared`) for everybody."""
    if shared and not work.actor.may(Permission.LISTS_WRITE):
        message = "Your role allows views of your own only."
        raise Invalid(message, code="no_permission", fields={"shared": message})
    view = View(
        of=of.value,
        name=name,
        filters=json.dumps(filters),
        member_id=None if shared else work.actor.member_id,
        created_at=work.now,
    )
    work.session.add(view)
    work.session.flush()
    work.describe(f"Saved the view “{name}”")
    return Saved(view.ref, view.id)


@operation(permission=Permission.CLIENTS_READ, effect=Effect.DRAFT, label="Remove view")
def remove_view(work: Work, *, view: ViewRef) -> Saved:
    """Remove a saved view: one's own, or a shared one by whoever may write lists."""
    row = work.get(View, number_of(view), "view")
    if row.member_id is not None and row.member_id != work.actor.member_id:
        raise NotFound("There is no such view.", code="no_view")
    if row.member_id is None and not work.actor.may(Permission.LISTS_WRITE):
        raise Forbidden("Your role allows to remove views of your own only.", code="no_permission")
    work.session.delete(row)
    work.describe(f"Removed the view “{row.name}”")
    return Saved(row.ref, row.id)

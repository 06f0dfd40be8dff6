"""What is done to several clients at once: marked in the list, or named by Claude. All of them or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.clients.operations.standing import archive_client
from opsystem.business.references import ClientRef, number_of
from opsystem.business.tags.models import Tag, Tagging
from opsystem.business.wording import Name
from opsystem.operations import Effect, Permission, Work, operation

Clients = Annotated[tuple[ClientRef, ...], Field(min_length=1, max_length=500, description="Which clients.")]


@dataclass(frozen=True)
class Together:
    """How many clients were changed; those that were so already are not counted."""

    changed: int


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.DRAFT, label="Tag clients")
def tag_clients(work: Work, *, clients: Clients, tag: Name) -> Together:
    """Give clients a tag by its name; a new tag is made. Up to 500 at once."""
    row = work.session.scalars(select(Tag).where(Tag.name == tag)).one_or_none()
    if row is None:
        row = Tag(name=tag)
        work.session.add(row)
        work.session.flush()
    numbers = [one.id for one in _all(work, clients)]
    have = set(work.session.scalars(select(Tagging.client_id).where(Tagging.tag_id == row.id)))
    missing = [number for number in numbers if number not in have]
    work.session.add_all(Tagging(tag_id=row.id, client_id=number) for number in missing)
    work.describe(f"Tagged {len(missing)} {'client' if len(missing) == 1 else 'clients'} {row.name}")
    return Together(len(missing))


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.DRAFT, label="Untag clients")
def untag_clients(work: Work, *, clients: Clients, tag: Name) -> Together:
    """Take a tag off clients. Up to 500 at once."""
    numbers = [one.id for one in _all(work, clients)]
    statement = select(Tagging).join(Tag, Tag.id == Tagging.tag_id)
    found = work.session.scalars(statement.where(Tag.name == tag, Tagging.client_id.in_(numbers))).all()
    for one in found:
        work.session.delete(one)
    work.describe(f"Took {tag} off {len(found)} {'client' if len(found) == 1 else 'clients'}")
    return Together(len(found))


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.COMMIT, label="Archive clients")
def archive_clients(work: Work, *, clients: Clients) -> Together:
    """Put clients away, up to 500 at once; those that are away already stay so."""
    here = [one for one in _all(work, clients) if one.archived_at is None]
    for one in here:
        work.do(archive_client, client=one.ref)
    work.describe(f"Archived {len(here)} {'client' if len(here) == 1 else 'clients'}")
    return Together(len(here))


def _all(work: Work, references: tuple[str, ...]) -> list[Client]:
    return [work.get(Client, number_of(one), "client") for one in dict.fromkeys(references)]

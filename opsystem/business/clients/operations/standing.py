"""How the business stands to a client: archived or not, served or not."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field
from sqlalchemy import select

from opsystem.business.clients.models import Archival, Client
from opsystem.business.references import ClientRef, number_of
from opsystem.business.wording import one_line
from opsystem.kit.errors import Conflict
from opsystem.operations import Effect, Permission, Saved, Work, operation

Reason = Annotated[
    str,
    Field(min_length=1, max_length=300, description="Why, in words for the team."),
    BeforeValidator(one_line),
]


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.COMMIT, label="Archive client")
def archive_client(work: Work, *, client: ClientRef) -> Saved:
    """Put a client away: it is left out of lists and cannot be booked, and nothing is lost."""
    row = work.get(Client, number_of(client), "client")
    if row.archived_at is not None:
        raise Conflict(f"{row.name} is already archived.", code="already_archived")
    row.archived_at = work.now
    row.archived_by = work.actor.name
    work.session.add(Archival(client_id=row.id, at=work.now, by=work.actor.name))
    work.describe(f"Archived client {row.name}")
    return Saved(ref=row.ref, id=row.id)


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.COMMIT, label="Restore client")
def restore_client(work: Work, *, client: ClientRef) -> Saved:
    """Take an archived client back into the lists."""
    row = work.get(Client, number_of(client), "client")
    if row.archived_at is None:
        raise Conflict(f"{row.name} is not archived.", code="not_archived")
    row.archived_at = None
    row.archived_by = None
    away = select(Archival).where(Archival.client_id == row.id, Archival.back_at.is_(None))
    for one in work.session.scalars(away):
        one.back_at, one.back_by = work.now, work.actor.name
    work.describe(f"Restored client {row.name}")
    return Saved(ref=row.ref, id=row.id)


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.COMMIT, label="Mark do not service")
def refuse_client(work: Work, *, client: ClientRef, reason: Reason) -> Saved:
    """Mark a client "do not service", with the reason: nothing can be booked for it from then on.

    Staff, the API and Claude are told the reason; the client itself is only asked to call.
    """
    row = work.get(Client, number_of(client), "client")
    row.refused_at, row.refused_by, row.refused_reason = work.now, work.actor.name, reason
    work.describe(f"Marked {row.name} do not service: {reason}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.COMMIT, label="Serve again")
def serve_client_again(work: Work, *, client: ClientRef) -> Saved:
    """Take "do not service" off a client: it can be booked again."""
    row = work.get(Client, number_of(client), "client")
    if row.refused_at is None:
        raise Conflict(f"{row.name} is not marked do not service.", code="not_refused")
    row.refused_at, row.refused_by, row.refused_reason = None, None, ""
    work.describe(f"Took do not service off {row.name}")
    return Saved(row.ref, row.id)

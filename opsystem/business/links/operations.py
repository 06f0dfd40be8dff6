"""What the office may do with links."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.links.issuing import LIVES_DAYS, issue_token
from opsystem.business.links.models import ClientLink
from opsystem.business.links.records import LinkMade
from opsystem.business.references import ClientRef, LinkRef, number_of
from opsystem.kit.errors import Conflict
from opsystem.operations import Effect, Permission, Saved, Work, operation

Days = Annotated[int, Field(ge=1, le=365, description="For how many days it leads somewhere.")]


# Whoever has the link sees what is the client's, so the assistant is not handed one.
@operation(
    permission=Permission.MESSAGES_SEND, effect=Effect.COMMIT, label="Make client link", assistant=False
)
def make_client_link(work: Work, *, client: ClientRef, days: Days = LIVES_DAYS) -> LinkMade:
    """Make a link to a client's own pages, to be handed over by the office. Its address is told once."""
    row = work.get(Client, number_of(client), "client")
    link, word = issue_token(work, row.id, None, days, only=False)
    work.describe(f"Made a link for {row.name}")
    return LinkMade(link.ref, link.id, f"{work.vault.doorplate.origin}/c/{word}", link.expires_at)


@operation(permission=Permission.MESSAGES_SEND, effect=Effect.COMMIT, label="Revoke client link")
def revoke_client_link(work: Work, *, link: LinkRef) -> Saved:
    """Revoke a link of a client: from now on it leads to a page that says so."""
    row = work.get(ClientLink, number_of(link), "link")
    if row.revoked_at is not None:
        raise Conflict(f"{row.ref} is revoked already.", code="already_revoked")
    row.revoked_at, row.revoked_by = work.now, work.actor.name
    work.describe(f"Revoked link {row.ref}")
    return Saved(row.ref, row.id)


@operation(permission=Permission.MESSAGES_SEND, effect=Effect.COMMIT, label="Revoke all links of a client")
def revoke_client_links(work: Work, *, client: ClientRef) -> Saved:
    """Revoke every link of a client that still leads somewhere."""
    row = work.get(Client, number_of(client), "client")
    standing = select(ClientLink).where(ClientLink.client_id == row.id, ClientLink.revoked_at.is_(None))
    for link in work.session.scalars(standing):
        link.revoked_at, link.revoked_by = work.now, work.actor.name
    work.describe(f"Revoked the links of {row.name}")
    return Saved(row.ref, row.id)

"""What may be asked about links."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from opsystem.business.clients.models import Client
from opsystem.business.links.models import ClientLink, LinkOpening
from opsystem.business.links.records import LinkRow
from opsystem.business.references import ClientRef, number_of
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission, Work, query

MOST = 50


@query(permission=Permission.MESSAGES_READ, label="List client links")
def list_client_links(work: Work, *, client: ClientRef) -> list[LinkRow]:
    """List the links a client was given, the newest 50 first, with how often each was opened."""
    row = work.get(Client, number_of(client), "client")
    opened = (
        select(
            LinkOpening.link_id,
            func.sum(LinkOpening.times).label("times"),
            func.count(LinkOpening.id).label("browsers"),
            func.max(LinkOpening.last_at).label("last_at"),
        )
        .group_by(LinkOpening.link_id)
        .subquery()
    )
    newest = (
        select(ClientLink, opened.c.times, opened.c.browsers, opened.c.last_at)
        .outerjoin(opened, opened.c.link_id == ClientLink.id)
        .where(ClientLink.client_id == row.id)
        .order_by(ClientLink.id.desc())
        .limit(MOST)
    )
    return [
        _row(link, work.now, times or 0, browsers or 0, last_at)
        for link, times, browsers, last_at in work.session.execute(newest)
    ]


def _row(link: ClientLink, now: datetime, times: int, browsers: int, last_at: datetime | None) -> LinkRow:
    state = "revoked" if link.revoked_at is not None else "open" if link.is_open(now) else "expired"
    return LinkRow(
        ref=link.ref,
        id=link.id,
        client=make_ref("client", link.client_id),
        about=link.about,
        only=link.only,
        made_at=link.made_at,
        made_by=link.made_by,
        expires_at=link.expires_at,
        revoked_at=link.revoked_at,
        revoked_by=link.revoked_by,
        state=state,
        times=times,
        browsers=browsers,
        last_at=last_at,
    )

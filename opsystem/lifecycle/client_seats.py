"""Who comes by a client's link: the link is asked in the business's own vault, every time it is used."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select

from opsystem.business.clients.models import Client
from opsystem.business.links.issuing import digest_of
from opsystem.business.links.models import ClientLink, LinkOpening
from opsystem.business.profile.models import Profile
from opsystem.kit import clock
from opsystem.kit.errors import NotFound
from opsystem.operations import Actor
from opsystem.vault import Vault

# A link that was passed round is opened in ever more browsers; a client with his family has a few.
MOST_BROWSERS = 4
_COUNT_AGAIN = timedelta(minutes=10)


class LinkState(StrEnum):
    """What a link is good for now."""

    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class ClientSeat:
    """A client's place in an open vault. `proved_until`: this browser has proved who sits at it."""

    actor: Actor
    link_id: int
    state: LinkState
    about: str | None
    only: bool
    business_name: str
    business_phone: str | None
    zone: str
    passed_round: bool
    proved_until: datetime | None

    @property
    def is_proved(self) -> bool:
        """Whether a code from the client's own phone or mailbox was typed in this browser lately."""
        return self.proved_until is not None and clock.now() < self.proved_until


def take_client_seat(vault: Vault, secret: str, browser: str) -> ClientSeat:
    """Return whom a link is for. Raises NotFound for a link that never was, or whose client is gone.

    `browser` is a word that only this browser knows; nothing but its hash is kept. One that has none yet is
    not counted: whoever only fetches a page to show a preview of it never has one.
    """
    mark = hashlib.sha256(f"browser {browser}".encode()).hexdigest()
    with vault.reading() as session:
        found = session.execute(
            select(ClientLink, Client.name, Profile.name, Profile.phone, Profile.zone)
            .join(Client, Client.id == ClientLink.client_id)
            .join(Profile, Profile.id == 1)
            .where(ClientLink.digest == digest_of(secret))
        ).one_or_none()
        if found is None:
            raise NotFound("There is no such link.", code="no_link")
        link, name, business, phone, zone = found
        opening = session.scalars(
            select(LinkOpening).where(LinkOpening.link_id == link.id, LinkOpening.browser == mark)
        ).first()
        earlier = select(func.count(LinkOpening.id)).where(
            LinkOpening.link_id == link.id, LinkOpening.browser != mark
        )
        others = session.scalar(earlier if opening is None else earlier.where(LinkOpening.id < opening.id))
    state = _state(link)
    if state is LinkState.OPEN and browser:
        _count(vault, link.id, mark, opening)
    return ClientSeat(
        actor=Actor.client(client_id=link.client_id, name=name),
        link_id=link.id,
        state=state,
        about=link.about,
        only=link.only,
        business_name=business,
        business_phone=phone,
        zone=zone,
        passed_round=(others or 0) >= MOST_BROWSERS,
        proved_until=opening.proved_until if opening is not None else None,
    )


def note_proof(vault: Vault, link_id: int, browser: str, until: datetime) -> None:
    """Note that in this browser a code was typed that only the client could have read."""
    mark = hashlib.sha256(f"browser {browser}".encode()).hexdigest()
    with vault.mechanics() as session:
        row = session.scalars(
            select(LinkOpening).where(LinkOpening.link_id == link_id, LinkOpening.browser == mark)
        ).one()
        row.proved_until = until


def _state(link: ClientLink) -> LinkState:
    if link.revoked_at is not None:
        return LinkState.REVOKED
    return LinkState.OPEN if link.is_open(clock.now()) else LinkState.EXPIRED


def _count(vault: Vault, link_id: int, mark: str, known: LinkOpening | None) -> None:
    """Count an opening; pages read one after the other are one."""
    now = clock.now()
    if known is not None and now - known.last_at < _COUNT_AGAIN:
        return
    with vault.mechanics() as session:
        row = session.scalars(
            select(LinkOpening).where(LinkOpening.link_id == link_id, LinkOpening.browser == mark)
        ).first()
        if row is None:
            session.add(LinkOpening(link_id=link_id, browser=mark, first_at=now, last_at=now))
        else:
            row.last_at, row.times = now, row.times + 1

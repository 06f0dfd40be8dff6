"""The one-time link to a finished export, and what of the file has left by it.

The link is a random word of 256 bits; only its SHA-256 is kept. It holds until the file is fetched whole or
its day is over, and a new one ends the one before. Fetching may be broken off and gone on with.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from opsystem.business.exports.models import Export
from opsystem.business.exports.operations import LANE
from opsystem.kit import clock
from opsystem.kit.errors import NotFound
from opsystem.lifecycle.opening import vault_in_use
from opsystem.vault import Vault

# So long a fetched file stays, for a browser that lost its last bytes: the owner can make a new link.
_GRACE: Final = timedelta(minutes=10)
_PIECE: Final = 256 * 1024


@dataclass(frozen=True)
class Offer:
    """A finished export behind a valid link. `tag` names its bytes; `size` is in bytes."""

    export_id: int
    content_id: str
    size: int
    link_hash: str

    @property
    def tag(self) -> str:
        """The strong entity tag."""
        return f'"{self.content_id}"'


def make_link(vault: Vault) -> str:
    """Make the link of the newest finished export and return its word. Raises NotFound without one."""
    word = secrets.token_urlsafe(32)
    with vault.mechanics() as session:
        ready = select(Export).where(Export.state.in_(("ready", "fetched")), Export.expires_at > clock.now())
        row = session.scalar(ready.order_by(Export.id.desc()).limit(1))
        if row is None or row.content_id is None:
            raise NotFound("There is no download ready. Prepare one.", code="no_export")
        row.link_hash, row.fetched = _hash(word), 0
    return word


def open_link(vault: Vault, word: str) -> Offer:
    """Return what a link leads to. Raises NotFound when it is spent, over or never was."""
    with vault.reading() as session:
        row = session.scalar(
            select(Export).where(Export.link_hash == _hash(word), Export.expires_at > clock.now())
        )
    if row is None or row.content_id is None:
        raise NotFound("This link was used already, or its time is over. Make a new one.", code="link_over")
    return Offer(row.id, row.content_id, row.size, _hash(word))


def fetch(vault_id: str, offer: Offer, start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes from `start` up to, not including, `end`; the last of all spends the link."""
    at = start
    with vault_in_use(vault_id) as vault:
        try:
            with vault.parcels.open(offer.content_id) as stream:
                stream.seek(start)
                while at < end and (piece := stream.read(min(_PIECE, end - at))):
                    yield piece
                    at += len(piece)
        finally:
            _note(vault, offer, start, at)


def _note(vault: Vault, offer: Offer, start: int, end: int) -> None:
    with vault.mechanics() as session:
        row = session.get(Export, offer.export_id)
        if row is None or row.link_hash != offer.link_hash or not start <= row.fetched < end:
            return
        row.fetched = end
        if end < offer.size:
            return
        row.state, row.link_hash = "fetched", None
        row.expires_at = row.due_at = min(row.expires_at or clock.now(), clock.now() + _GRACE)
        vault.wake(LANE, row.due_at)


def _hash(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()

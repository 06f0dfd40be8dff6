"""Making the secret of a link: known to whoever gets it, and to nobody else; only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from opsystem.business.links.models import ClientLink
from opsystem.operations import Work

LIVES_DAYS = 90
_BYTES = 16  # 128 bits, beyond any guessing


def digest_of(token: str) -> str:
    """Return what is kept of a link's secret."""
    return hashlib.sha256(f"client link {token}".encode()).hexdigest()


def issue_link(
    work: Work, *, client_id: int, about: str | None = None, days: int = LIVES_DAYS, only: bool = False
) -> str:
    """Make a link for a client and return its whole address, which is told once and never kept.

    For operations that send something (`send_quote`, `send_invoice`, ...): put it into the words that leave.
    `about` is where it leads (`Q-12`); with `only` it shows that record and nothing else of the client's.
    """
    return f"{work.vault.doorplate.origin}/c/{issue_token(work, client_id, about, days, only=only)[1]}"


def issue_token(
    work: Work, client_id: int, about: str | None, days: int, *, only: bool
) -> tuple[ClientLink, str]:
    """Make a link; answer it and the word that stands in its address: the business's number and the secret.

    The number leads to the vault without a table outside that knows which link is whose.
    """
    secret = secrets.token_urlsafe(_BYTES)
    link = ClientLink(
        client_id=client_id,
        digest=digest_of(secret),
        about=about,
        only=only,
        made_at=work.now,
        made_by=work.actor.name,
        expires_at=work.now + timedelta(days=days),
    )
    work.session.add(link)
    work.session.flush()
    return link, f"{work.vault.doorplate.number}-{secret}"

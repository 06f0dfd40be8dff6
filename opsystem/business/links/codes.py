"""Codes that prove an address: six digits, ten minutes, five tries, one use. Only salted hashes are kept."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from sqlalchemy import Select, func, select

from opsystem.business.links.models import ContactCode
from opsystem.kit.errors import LimitReached
from opsystem.operations import Work

LIVES = timedelta(minutes=10)
_TRIES = 5
_AN_HOUR, _ALL_AN_HOUR = 4, 60


def new_code(work: Work, purpose: str, address: str) -> str:
    """Make a code for an address, to be sent there; earlier ones for it serve no more.

    Raises LimitReached when an address, or the business, had too many within an hour.
    """
    since = work.now - timedelta(hours=1)
    marked = _mark(work, address)
    lately = select(func.count(ContactCode.id)).where(ContactCode.made_at > since)
    to_this = work.session.scalar(lately.where(ContactCode.address_digest == marked)) or 0
    if to_this >= _AN_HOUR or (work.session.scalar(lately) or 0) >= _ALL_AN_HOUR:
        raise LimitReached("Too many codes were asked for. Try again in an hour.", code="too_many_codes")
    for earlier in work.session.scalars(_standing(work, purpose, marked)):
        earlier.expires_at = work.now
    code, salt = f"{secrets.randbelow(1_000_000):06}", secrets.token_hex(16)
    work.session.add(
        ContactCode(
            purpose=purpose,
            salt=salt,
            address_digest=marked,
            code_digest=_digest(salt, code),
            made_at=work.now,
            expires_at=work.now + LIVES,
        )
    )
    work.session.flush()
    return code


def use_code(work: Work, purpose: str, address: str, typed: str) -> bool:
    """Tell whether a typed code is the one that was sent there, and let it serve this once."""
    row = work.session.scalars(_standing(work, purpose, _mark(work, address))).first()
    if row is None or row.tries >= _TRIES:
        return False
    row.tries += 1
    right = hmac.compare_digest(row.code_digest, _digest(row.salt, typed.replace(" ", "")))
    if right:
        row.used_at = work.now
    work.session.flush()
    return right


def proved_lately(work: Work, purpose: str, address: str, typed: str) -> bool:
    """Tell whether this very code was typed rightly within the last half hour."""
    proved = select(ContactCode).where(
        ContactCode.purpose == purpose,
        ContactCode.address_digest == _mark(work, address),
        ContactCode.used_at > work.now - timedelta(minutes=30),
    )
    return any(
        hmac.compare_digest(row.code_digest, _digest(row.salt, typed.replace(" ", "")))
        for row in work.session.scalars(proved)
    )


def _standing(work: Work, purpose: str, marked: str) -> Select[ContactCode]:
    return (
        select(ContactCode)
        .where(
            ContactCode.purpose == purpose,
            ContactCode.address_digest == marked,
            ContactCode.used_at.is_(None),
            ContactCode.expires_at > work.now,
        )
        .order_by(ContactCode.id.desc())
    )


def _mark(work: Work, address: str) -> str:
    """Return what an address is found by: keyed with the vault's own id, so no list of numbers tells it."""
    return hmac.digest(work.vault.id.encode(), address.strip().lower().encode(), "sha256").hex()


def _digest(salt: str, code: str) -> str:
    return hmac.digest(bytes.fromhex(salt), code.encode(), "sha256").hex()

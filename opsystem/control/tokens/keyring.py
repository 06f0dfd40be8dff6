"""Making, finding and revoking personal tokens."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from opsystem.control.accounts.models import Person
from opsystem.control.businesses.directory import membership_of
from opsystem.control.businesses.models import Business, Membership
from opsystem.control.tokens.models import Token
from opsystem.kit import clock
from opsystem.kit.errors import Forbidden, NotFound

PREFIX = "ops_"
LONGEST = timedelta(days=365)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def make_token(
    person: Person,
    business: Business,
    *,
    label: str,
    lives: timedelta = timedelta(days=90),
    areas: Sequence[str] = (),
    reach: int = 3,
) -> tuple[Token, str]:
    """Make a token; answers it and its secret, which is shown once and never kept."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=person,
        business=business,
        label=label,
        areas=sorted(areas),
        reach=reach,
        token_hash=_hash(secret),
        expires_at=clock.now() + min(lives, LONGEST),
    )
    return token, secret


def token_behind(secret: str, number: int) -> tuple[Token, Membership]:
    """Return a token and the membership it stands for, in the business with this number.

    Raises Forbidden for a token that is unknown, ended or revoked, NotFound for another business.
    """
    token = (
        Token.objects.select_related("person", "business")
        .filter(token_hash=_hash(secret), revoked_at=None, expires_at__gt=clock.now(), person__is_active=True)
        .first()
    )
    if token is None:
        raise Forbidden("This token is not valid. Make a new one in Settings.", code="bad_token")
    if token.business.number != number:
        raise NotFound("There is no such business, or this token is not for it.", code="no_business")
    return token, membership_of(token.person, number)


def tokens_of(person: Person, business: Business) -> list[Token]:
    """Return a person's tokens for a business that are not revoked, the newest first."""
    return list(Token.objects.filter(person=person, business=business, revoked_at=None).order_by("-pk"))


def revoke_token(person: Person, business: Business, token_id: int) -> None:
    """Revoke one of a person's tokens. Raises NotFound."""
    revoked = Token.objects.filter(pk=token_id, person=person, business=business, revoked_at=None).update(
        revoked_at=clock.now()
    )
    if not revoked:
        raise NotFound("There is no such token.", code="no_token")

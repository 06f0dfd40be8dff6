"""Invitations: made with a token that is mailed and never kept, accepted once by the invited address."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from opsystem.control.accounts.models import Person
from opsystem.control.businesses.directory import join_business
from opsystem.control.businesses.models import Business, Invitation, Membership
from opsystem.kit import clock
from opsystem.kit.errors import Forbidden, NotFound

OPEN_FOR = timedelta(days=7)


def token_hash(token: str) -> str:
    """Return what is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite_person(
    business: Business, *, email: str, name: str, role: str, member_id: int, invited_by: Person | None
) -> tuple[Invitation, str]:
    """Invite somebody by email as the vault's member `member_id`; answers the invitation and its token.

    The token belongs into the letter only. Earlier invitations of the same member are taken back.
    """
    now = clock.now()
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        revoke_invitations(business, member_id=member_id)
        invitation = Invitation.objects.create(
            business=business,
            email=email.strip().lower(),
            name=name,
            role=role,
            member_id=member_id,
            token_hash=token_hash(token),
            invited_at=now,
            invited_by=invited_by,
            expires_at=now + OPEN_FOR,
        )
    return invitation, token


def revoke_invitations(business: Business, *, member_id: int) -> int:
    """Take back the open invitations of a member. Answers how many there were."""
    waiting = Invitation.objects.filter(
        business=business, member_id=member_id, accepted_at=None, revoked_at=None
    )
    return waiting.update(revoked_at=clock.now())


def open_invitation(token: str) -> Invitation:
    """Return the invitation of a token. Raises NotFound alike for unknown, used, revoked and expired ones."""
    found = Invitation.objects.select_related("business").filter(token_hash=token_hash(token)).first()
    if found is None or not found.is_open(clock.now()):
        raise NotFound("This invitation is no longer open. Ask for a new one.", code="no_invitation")
    return found


def accept_invitation(token: str, person: Person) -> Membership:
    """Join the business of an invitation. It serves once, and only the address it was sent to.

    Raises NotFound for one that is not open, Forbidden for another address, Conflict for somebody already in.
    """
    with transaction.atomic():
        invitation = open_invitation(token)
        if invitation.email != person.email.lower():
            raise Forbidden(
                "This invitation was sent to another email address. Sign in with that address.",
                code="other_address",
            )
        taken = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None).update(
            accepted_at=clock.now(), accepted_by=person
        )
        if not taken:
            raise NotFound("This invitation is no longer open. Ask for a new one.", code="no_invitation")
        return join_business(
            invitation.business, person, role=invitation.role, member_id=invitation.member_id
        )

"""Letters that bring people into a business, and which of them are still open."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.core.mail import EmailMessage

from opsystem.business.team.records import MemberRow
from opsystem.control.accounts.letters import write_letter
from opsystem.control.accounts.models import Person
from opsystem.control.businesses.invitations import invite_person, revoke_invitations
from opsystem.control.businesses.models import Business, Invitation
from opsystem.kit import clock
from opsystem.vendors.errors import Certainty, GatewayError

_LOG = logging.getLogger(__name__)
# A form that is sent twice by a double click is one invitation.
_TWICE = timedelta(seconds=30)


def send_invitation(business: Business, member: MemberRow, *, inviter: Person) -> bool:
    """Make a new invitation and mail it; answers whether the letter is on its way for certain."""
    invitation, token = invite_person(
        business,
        email=member.email,
        name=member.name,
        role=member.role.value,
        member_id=member.id,
        invited_by=inviter,
    )
    values = {
        "name": member.name,
        "inviter": inviter.name,
        "business": business.name,
        "role": member.role.title.lower(),
        "email": member.email,
        "token": token,
        "expires_at": invitation.expires_at,
    }
    letter = write_letter("invitation", values)
    try:
        EmailMessage(subject=letter.subject, body=letter.body, to=[member.email]).send()
    except GatewayError as error:
        _LOG.warning("invitation.letter_failed", extra={"trouble": str(error.trouble)})
        if error.certainty is not Certainty.UNKNOWN:
            revoke_invitations(business, member_id=member.id)
        return False
    return True


def open_invitations(business: Business, *, at: datetime | None = None) -> dict[int, datetime]:
    """Return until when each invited member can still accept, by the member's number."""
    now = at or clock.now()
    waiting = Invitation.objects.filter(
        business=business, accepted_at=None, revoked_at=None, expires_at__gt=now
    )
    return dict(waiting.values_list("member_id", "expires_at"))


def just_invited(business: Business, member_id: int) -> bool:
    """Tell whether an open invitation of this member was made a moment ago."""
    return Invitation.objects.filter(
        business=business,
        member_id=member_id,
        accepted_at=None,
        revoked_at=None,
        invited_at__gt=clock.now() - _TWICE,
    ).exists()

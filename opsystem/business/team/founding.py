"""The founding of a business: its profile and its owner, the first two rows of a vault."""

from __future__ import annotations

from dataclasses import dataclass

from opsystem.business.profile.models import Profile
from opsystem.business.team.models import Member
from opsystem.kit.errors import Conflict
from opsystem.operations import Effect, Permission, Role, Work, operation


@dataclass(frozen=True)
class Founded:
    """The owner's number in the team."""

    member_id: int


@operation(
    permission=Permission.SETTINGS_MANAGE, effect=Effect.COMMIT, label="Found the business", assistant=False
)
def found_business(
    work: Work,
    *,
    name: str,
    phone: str,
    website: str,
    industry: str,
    zone: str,
    owner_name: str,
    owner_email: str,
) -> Founded:
    """Write the business's profile and its owner into a new vault. Raises Conflict in any other vault."""
    if work.session.get(Profile, 1) is not None:
        raise Conflict("This business was founded already.", code="founded")
    work.session.add(Profile(id=1, name=name, phone=phone, website=website, industry=industry, zone=zone))
    owner = Member(
        account_id=work.actor.id,
        name=owner_name,
        email=owner_email,
        role=Role.OWNER.value,
        joined_at=work.now,
    )
    work.session.add(owner)
    work.session.flush()
    work.describe(f"Founded {name}")
    return Founded(owner.id)

"""Who somebody is in a vault right now: what the vault's own team says counts, at every entrance."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from opsystem.business.profile.models import Profile
from opsystem.business.team.models import Member
from opsystem.control.businesses.directory import call_business
from opsystem.control.businesses.models import Membership
from opsystem.kit.errors import NotFound
from opsystem.operations import Actor, Role
from opsystem.vault import Vault

_SEAT = (
    select(Member.name, Member.role, Member.removed_at, Profile.zone, Profile.name.label("business"))
    .join(Profile, Profile.id == 1)
    .where(Member.id == bindparam("member"))
)


@dataclass(frozen=True)
class Seat:
    """A person's place in an open vault, and the business's time zone."""

    actor: Actor
    zone: str


def take_seat(vault: Vault, membership: Membership) -> Seat:
    """Return the seat of a member. Raises NotFound for who is not on the team any more.

    The directory learns here what the business is called now, however its name was changed.
    """
    with vault.reading() as session:
        row = session.execute(_SEAT, {"member": membership.member_id}).one_or_none()
    if row is None or row.removed_at is not None:
        raise NotFound("There is no such business, or you are not in it.", code="no_business")
    if row.business != membership.business.name:
        call_business(membership.business, row.business)
    actor = Actor.person(
        id=str(membership.person_id), name=row.name, role=Role(row.role), member_id=membership.member_id
    )
    return Seat(actor, row.zone)

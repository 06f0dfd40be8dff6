"""What may be done about the team. The business always keeps an owner who can sign in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select

from opsystem.business.references import MemberRef, number_of
from opsystem.business.team.models import Member
from opsystem.business.team.queries import member_row
from opsystem.business.team.records import MemberRow
from opsystem.business.wording import Name
from opsystem.kit.email import EmailAddress
from opsystem.kit.errors import Conflict, Forbidden, Invalid
from opsystem.kit.phone import PhoneNumber
from opsystem.operations import Effect, Permission, Role, Work, operation

AccountId = Annotated[str, Field(min_length=1, max_length=64, description="The person's account.")]


@operation(permission=Permission.TEAM_MANAGE, effect=Effect.COMMIT, label="Add person", assistant=False)
def add_member(
    work: Work, *, name: Name, email: EmailAddress, role: Role, phone: PhoneNumber | None = None
) -> MemberRow:
    """Add a person to the team. The person can sign in after accepting the invitation."""
    _owners_only(work, role)
    taken = select(Member.id).where(Member.email == email, Member.removed_at.is_(None))
    if work.session.scalar(taken) is not None:
        message = "Somebody on the team already has this address."
        raise Invalid(message, code="email_taken", fields={"email": message})
    member = Member(name=name, email=email, role=role.value, phone=phone)
    work.session.add(member)
    work.session.flush()
    work.describe(f"Added {name} to the team as {role.title.lower()}")
    return member_row(member)


@operation(permission=Permission.DELIVER, effect=Effect.COMMIT, label="Join the team", assistant=False)
def join_member(work: Work, *, member: MemberRef, account_id: AccountId) -> MemberRow:
    """Bind a person of the team to the account that accepted the invitation."""
    row = _present(work, member)
    if row.account_id == account_id:
        return member_row(row)
    if row.account_id is not None:
        raise Conflict(f"{row.name} has already joined with another account.", code="already_joined")
    taken = select(Member.id).where(Member.account_id == account_id, Member.removed_at.is_(None))
    if work.session.scalar(taken) is not None:
        raise Conflict("This account is already on the team.", code="account_taken")
    row.account_id = account_id
    row.joined_at = work.now
    work.describe(f"{row.name} joined the team")
    return member_row(row)


@operation(permission=Permission.TEAM_MANAGE, effect=Effect.COMMIT, label="Change role", assistant=False)
def change_role(work: Work, *, member: MemberRef, role: Role) -> MemberRow:
    """Give a person of the team another role. Nobody changes the own role."""
    row = _present(work, member)
    if row.id == work.actor.member_id:
        raise Forbidden("You cannot change your own role. Ask another owner.", code="own_role")
    _owners_only(work, role, Role(row.role))
    if role is not Role.OWNER:
        _keep_an_owner(work, row)
    row.role = role.value
    work.describe(f"Made {row.name} {role.title.lower()}")
    return member_row(row)


@operation(permission=Permission.TEAM_MANAGE, effect=Effect.COMMIT, label="Remove person", assistant=False)
def remove_member(work: Work, *, member: MemberRef) -> MemberRow:
    """Take a person off the team. What the person did stays in the history."""
    row = _present(work, member)
    _owners_only(work, Role(row.role))
    _keep_an_owner(work, row)
    row.removed_at = work.now
    row.removed_by = work.actor.name
    work.describe(f"Removed {row.name} from the team")
    return member_row(row)


def _present(work: Work, reference: str) -> Member:
    row = work.get(Member, number_of(reference), "person on the team")
    if row.removed_at is not None:
        raise Conflict(f"{row.name} is no longer on the team.", code="member_removed")
    return row


def _owners_only(work: Work, *roles: Role) -> None:
    if Role.OWNER in roles and work.actor.role is not Role.OWNER and work.actor.role is not None:
        raise Forbidden("Only an owner can give or take the owner's role.", code="owners_only")


def _keep_an_owner(work: Work, leaving: Member) -> None:
    others = select(func.count()).where(
        Member.role == Role.OWNER.value,
        Member.joined_at.is_not(None),
        Member.removed_at.is_(None),
        Member.id != leaving.id,
    )
    if leaving.role == Role.OWNER.value and not work.session.scalar(others):
        raise Conflict("The business needs an owner. Make somebody else an owner first.", code="last_owner")

"""What may be asked about the team."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.team.models import Member
from opsystem.business.team.records import MemberRow
from opsystem.operations import Permission, Role, Work, query
from opsystem.vault import Vault


def member_row(member: Member) -> MemberRow:
    """Return what is told about a person of the team."""
    return MemberRow(
        ref=member.ref,
        id=member.id,
        name=member.name,
        email=member.email,
        phone=member.phone,
        role=Role(member.role),
        account_id=member.account_id,
        joined_at=member.joined_at,
        removed_at=member.removed_at,
    )


@query(permission=Permission.TEAM_READ, label="List team")
def list_team(work: Work, *, include_removed: bool = False) -> list[MemberRow]:
    """List the people of the business with their roles, by name."""
    statement = select(Member).order_by(Member.name, Member.id)
    if not include_removed:
        statement = statement.where(Member.removed_at.is_(None))
    return [member_row(member) for member in work.session.scalars(statement)]


def find_member(vault: Vault, account_id: str) -> MemberRow | None:
    """Return who an account is in this business, or None.

    Asked by a door before there is an actor: this is how it learns whom it stands before.
    """
    statement = select(Member).where(Member.account_id == account_id, Member.removed_at.is_(None))
    with vault.reading() as session:
        member = session.scalars(statement).one_or_none()
        return member_row(member) if member is not None else None

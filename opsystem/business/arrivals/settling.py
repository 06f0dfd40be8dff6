"""What changes for a business that begins again in another installation, written into its history.

Everything else is as it was. Not taken over: who could sign in, the number and the address messages went out
from, and whatever was about to happen when the export was made; the other installation may have done it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from opsystem.business.asking.models import Proposal, Turn
from opsystem.business.conversations.models import Message
from opsystem.business.profile.models import Profile
from opsystem.business.team.models import Member
from opsystem.operations import Role
from opsystem.vault import VaultSchema

_UNSENT = "The export was made before this was sent. Look there whether it left, before you send it again."


def settle_in(
    session: Session,
    schema: VaultSchema,
    *,
    at: datetime,
    account_id: str,
    name: str,
    email: str,
    mail_address: str,
) -> int:
    """Make the vault that of this installation, the given account an owner; return its member's number."""
    profile = session.get_one(Profile, 1)
    profile.sms_number, profile.mail_address = None, mail_address
    _settle_unsent(session, schema, at)
    _settle_turns(session, at)
    owner = _owner(session, at, name, email)
    session.flush()
    for member in session.scalars(select(Member)):
        member.account_id = account_id if member is owner else None
        if member is not owner and member.removed_at is None:
            member.joined_at = None
    session.flush()
    return owner.id


def _owner(session: Session, at: datetime, name: str, email: str) -> Member:
    """Return the member that is this person, by the email address; a new one when there is none."""
    here = select(Member).where(Member.removed_at.is_(None)).order_by(Member.id)
    same = [one for one in session.scalars(here) if one.email.casefold() == email.casefold()]
    owner = next((one for one in same if one.role == Role.OWNER.value), same[0] if same else None)
    if owner is None:
        owner = Member(name=name, email=email, role=Role.OWNER.value, joined_at=at)
        session.add(owner)
    owner.role, owner.joined_at = Role.OWNER.value, owner.joined_at or at
    return owner


def _settle_unsent(session: Session, schema: VaultSchema, at: datetime) -> None:
    """Send nothing from here that may have left from there."""
    outbox = schema.tables.outbox
    pending = ("queued", "sending", "unknown")
    session.execute(
        update(outbox).where(outbox.c.state.in_(pending)).values(state="needs_human", settled_at=at)
    )
    for message in session.scalars(select(Message).where(Message.state.in_(("queued", "sending")))):
        message.state, message.settled_at, message.problem = "needs_human", at, _UNSENT


def _settle_turns(session: Session, at: datetime) -> None:
    over = ("queued", "running", "waiting")
    session.execute(
        update(Turn).where(Turn.state.in_(over)).values(state="stopped", due_at=None, ended_at=at)
    )
    for proposal in session.scalars(select(Proposal).where(Proposal.state == "pending")):
        proposal.state, proposal.decided_at = "expired", at

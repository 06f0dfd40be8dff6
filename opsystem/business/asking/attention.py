"""What waits for this person: shown beside the navigation on every page."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from opsystem.business.asking.models import Proposal
from opsystem.business.conversations.models import Thread
from opsystem.operations import Permission, Work, query


@dataclass(frozen=True)
class Attention:
    """How many threads are unread and how many proposals wait; 0 for what the role cannot see."""

    unread_threads: int
    pending_proposals: int


@query(permission=Permission.PROFILE_READ, label="See what waits", assistant=False)
def attention(work: Work) -> Attention:
    """Count what waits for this person."""
    unread = pending = 0
    if work.actor.may(Permission.MESSAGES_READ):
        unread = work.session.scalar(select(func.count()).where(Thread.unread_since.is_not(None))) or 0
    if work.actor.may(Permission.APPROVE):
        waiting = (Proposal.state == "pending") & (Proposal.expires_at > work.now)
        pending = work.session.scalar(select(func.count()).where(waiting)) or 0
    return Attention(unread, pending)

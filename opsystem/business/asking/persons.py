"""Only people talk with Claude and decide about its proposals: never Claude itself, never a machine.

A personal token of the API stands for the person who made it; Claude has none and cannot make one.
"""

from __future__ import annotations

from opsystem.business.asking.models import Conversation, Proposal
from opsystem.business.references import number_of
from opsystem.kit.errors import Forbidden, NotFound
from opsystem.operations import ActorKind, Permission, Work

_PEOPLE = frozenset({ActorKind.PERSON, ActorKind.API})


def person(work: Work) -> int:
    """Return the member's number of the person who acts. Raises Forbidden for anybody else."""
    if work.actor.kind not in _PEOPLE or work.actor.member_id is None:
        raise Forbidden("Only a person of the team can do this.", code="people_only")
    return work.actor.member_id


def own_conversation(work: Work, conversation: str) -> Conversation:
    """Return a talk of the person who acts. Raises NotFound for another's."""
    member_id = person(work)
    row = work.session.get(Conversation, number_of(conversation))
    if row is None or row.member_id != member_id:
        raise NotFound("There is no such conversation of yours.", code="no_conversation")
    return row


def visible_proposal(work: Work, proposal: str) -> Proposal:
    """Return a proposal that the person may see: an own one, or any for who may approve."""
    member_id = person(work)
    row = work.session.get(Proposal, number_of(proposal))
    if row is None or (row.member_id != member_id and not work.actor.may(Permission.APPROVE)):
        raise NotFound("There is no such proposal.", code="no_proposal")
    return row

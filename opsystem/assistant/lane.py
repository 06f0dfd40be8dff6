"""The assistant's lane of one vault: the turns that are due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from opsystem.assistant.turns import LetGo, TurnRun
from opsystem.business.asking.models import Turn
from opsystem.business.asking.operations import expire_proposals, next_expiry
from opsystem.business.profile.models import Profile
from opsystem.business.team.models import Member
from opsystem.control.businesses.directory import business_numbered
from opsystem.control.usage import meters
from opsystem.kit import clock
from opsystem.operations import Actor, Role
from opsystem.vault import Vault
from opsystem.vendors.errors import GatewayError

_LOG = logging.getLogger(__name__)


def run(vault: Vault, business_number: int, keep: Callable[[], bool]) -> datetime | None:
    """Go on with every turn that is due; return when the next one is, None for none."""
    _expire(vault)
    while keep():
        turn = _next(vault)
        if turn is None:
            break
        _work(vault, turn, keep)
        _meter(vault, turn.id, business_numbered(business_number).pk)
    return next_due(vault)


def next_due(vault: Vault) -> datetime | None:
    """Return when the next turn wants to go on. Read under the write lock; see `delivery.lane`."""
    with vault.mechanics() as session:
        due = session.scalar(
            select(Turn.due_at).where(Turn.due_at.is_not(None)).order_by(Turn.due_at).limit(1)
        )
        expiry = next_expiry(session)
    return min((moment for moment in (due, expiry) if moment is not None), default=None)


def _expire(vault: Vault) -> None:
    """Close the proposals nobody decided about in time."""
    with vault.reading() as session:
        expiry = next_expiry(session)
    if expiry is not None and expiry <= clock.now():
        expire_proposals.perform(vault, Actor.system())


def _next(vault: Vault) -> Turn | None:
    with vault.reading() as session:
        return session.scalar(select(Turn).where(Turn.due_at <= clock.now()).order_by(Turn.due_at).limit(1))


def _work(vault: Vault, turn: Turn, keep: Callable[[], bool]) -> None:
    with vault.reading() as session:
        member = session.get_one(Member, turn.member_id)
        zone = session.get_one(Profile, 1).zone
    # The role is the one of now: who was demoted since asks with less.
    person = Actor.person(id=turn.account_id, name=member.name, role=Role(member.role), member_id=member.id)
    run_ = TurnRun(vault, turn, person, zone, keep)
    try:
        if member.removed_at is not None:
            run_.give_up("You are no longer in this business.")
        else:
            run_.go()
    except GatewayError as error:
        run_.trouble(error)
    except LetGo:
        return
    except Exception:
        _LOG.exception("assistant.fault")
        run_.fault()


def _meter(vault: Vault, turn_id: int, business_id: int) -> None:
    """Count the tokens of a turn that is over; the counts go to the control plane, no word does."""
    with vault.reading() as session:
        turn = session.get_one(Turn, turn_id)
    if turn.ended_at is not None:
        meters.count("ai.tokens_in", turn.tokens_in, business_id=business_id)
        meters.count("ai.tokens_out", turn.tokens_out, business_id=business_id)

"""On whose initiative something leaves, as the disclosure ledger tells it (promise P3.8)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from opsystem.business.asking.models import Turn
from opsystem.business.team.models import Member
from opsystem.kit.refs import make_ref
from opsystem.vault import Vault

_SYSTEM = "system"


def initiator_of(session: Session, vault: Vault, change_set_id: int | None) -> str:
    """Return who caused a change: a person (`U-2`), the assistant for that person, or the system.

    A message that Claude wrote and somebody approved was Claude's initiative, for who had asked it.
    """
    sets = vault.schema.tables.change_set
    row = session.execute(select(sets.c.actor_id, sets.c.turn_id).where(sets.c.id == change_set_id)).first()
    if row is None:
        return _SYSTEM
    if row.turn_id is not None:
        asker = session.scalar(select(Turn.member_id).where(Turn.id == row.turn_id))
        return f"assistant for {make_ref('member', asker)}" if asker is not None else _SYSTEM
    member = session.scalar(select(Member.id).where(Member.account_id == row.actor_id).limit(1))
    return make_ref("member", member) if member is not None else _SYSTEM

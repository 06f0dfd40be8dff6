"""What a restored vault must not do by itself: send anything again.

A message that waited when the backup was made may have left since, by the vault that was lost. Nobody here
knows. So whatever was open goes to a person, in plain words on its thread (promise B4).
"""

from __future__ import annotations

from sqlalchemy import select, update

from opsystem.business.conversations.operations.delivering import set_message_state
from opsystem.kit import clock
from opsystem.kit.refs import make_ref
from opsystem.operations import Actor
from opsystem.vault import Vault

_OPEN = ("queued", "sending", "unknown")
_WORDS = "This business was restored from a backup. This may have been sent already; please check."


def hold_back(vault: Vault) -> int:
    """Hand every message that waits in the outbox to a person; return how many there were."""
    outbox = vault.schema.tables.outbox
    with vault.reading() as session:
        waiting = session.execute(
            select(outbox.c.id, outbox.c.subject_id).where(outbox.c.state.in_(_OPEN))
        ).all()
    for number, message_id in waiting:
        told = {"message": make_ref("message", message_id), "state": "needs_human", "problem": _WORDS}
        set_message_state.perform(vault, Actor.system(), told)
        with vault.mechanics() as session:
            held = {"state": "needs_human", "fence": outbox.c.fence + 1, "settled_at": clock.now()}
            session.execute(update(outbox).where(outbox.c.id == number).values(**held))
    return len(waiting)

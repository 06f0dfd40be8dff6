"""What must leave the building, written in the transaction of the change that caused it.

States: queued -> sending -> accepted | failed | unknown; unknown -> accepted | queued |
needs_human; queued -> cancelled. Who sends it, and how an unknown is cleared up, is the
business of the delivery floor.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from opsystem.vault.schema import VaultSchema


def put(
    session: Session,
    schema: VaultSchema,
    *,
    channel: str,
    subject_id: int,
    payload: Mapping[str, object],
    change_set_id: int,
    at: datetime,
    due_at: datetime,
) -> int:
    """Queue something for sending at `due_at`; return its number."""
    result = session.execute(
        insert(schema.tables.outbox).values(
            channel=channel,
            subject_id=subject_id,
            payload=json.dumps(payload, ensure_ascii=False),
            change_set_id=change_set_id,
            created_at=at,
            due_at=due_at,
        )
    )
    return int(result.inserted_primary_key[0])  # type: ignore[attr-defined]


def cancel(session: Session, schema: VaultSchema, *, channel: str, subject_id: int) -> bool:
    """Take back what still waits; return False when it has already begun to leave."""
    outbox = schema.tables.outbox
    result = session.execute(
        update(outbox)
        .where(outbox.c.channel == channel, outbox.c.subject_id == subject_id, outbox.c.state == "queued")
        .values(state="cancelled")
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


def next_due(session: Session, schema: VaultSchema) -> datetime | None:
    """Return when the outbox next wants attention, or None when nothing waits in it."""
    outbox = schema.tables.outbox
    waiting = outbox.c.state.in_(("queued", "sending", "unknown"))
    return session.scalar(select(outbox.c.due_at).where(waiting).order_by(outbox.c.due_at).limit(1))

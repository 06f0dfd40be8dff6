"""The outbox's own steps: each is one short transaction, none of them talks to anybody.

    queued -> sending -> accepted | failed | unknown -> accepted | queued | needs_human

A step compares the fence it was claimed with, so that a worker that was taken for dead changes
nothing any more.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from opsystem.delivery.initiators import initiator_of
from opsystem.vault import Vault

MOST_ATTEMPTS = 3
_OPEN = ("queued", "sending", "unknown", "needs_human")


@dataclass(frozen=True)
class Parcel:
    """Something claimed from the outbox, with the attempt to send it."""

    id: int
    channel: str
    message_id: int
    payload: dict[str, Any]
    state: str
    fence: int
    attempt_id: int
    number: int
    token: str
    intent_at: datetime
    asked: int
    initiator: str


def claim_next(vault: Vault, now: datetime, claim: timedelta) -> Parcel | None:
    """Take the next due row: a queued one to send, one whose answer is unknown to ask about.

    A row still in `sending` after its time belongs to a worker that died: its answer is unknown.
    The intent is committed before anything is sent.
    """
    outbox = vault.schema.tables.outbox
    with vault.mechanics() as session:
        row = session.execute(
            select(outbox)
            .where(outbox.c.state.in_(("queued", "sending", "unknown")), outbox.c.due_at <= now)
            .order_by(outbox.c.due_at, outbox.c.id)
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        state = "sending" if row.state == "queued" else "unknown"
        session.execute(
            update(outbox)
            .where(outbox.c.id == row.id)
            .values(state=state, fence=row.fence + 1, due_at=now + claim)
        )
        if state == "sending":
            _begin_attempt(session, vault, row.id, now)
        return _parcel(session, vault, row.id)


def _begin_attempt(session: Session, vault: Vault, outbox_id: int, now: datetime) -> None:
    attempt = vault.schema.tables.attempt
    made = session.scalar(select(func.count()).where(attempt.c.outbox_id == outbox_id)) or 0
    session.execute(
        insert(attempt).values(
            outbox_id=outbox_id, number=made + 1, token=secrets.token_urlsafe(24), intent_at=now
        )
    )


def _parcel(session: Session, vault: Vault, outbox_id: int) -> Parcel:
    outbox, attempt = vault.schema.tables.outbox, vault.schema.tables.attempt
    row = session.execute(
        select(
            outbox,
            attempt.c.id.label("attempt_id"),
            attempt.c.number,
            attempt.c.token,
            attempt.c.intent_at,
            attempt.c.asked,
        )
        .join(attempt, attempt.c.outbox_id == outbox.c.id)
        .where(outbox.c.id == outbox_id)
        .order_by(attempt.c.number.desc())
        .limit(1)
    ).one()
    return Parcel(
        id=row.id,
        channel=row.channel,
        message_id=row.subject_id,
        payload=json.loads(row.payload),
        state=row.state,
        fence=row.fence,
        attempt_id=row.attempt_id,
        number=row.number,
        token=row.token,
        intent_at=row.intent_at,
        asked=row.asked,
        initiator=initiator_of(session, vault, row.change_set_id),
    )


def settle(
    vault: Vault,
    parcel: Parcel,
    state: str,
    now: datetime,
    *,
    due_at: datetime | None = None,
    vendor_id: str | None = None,
    asked: int | None = None,
) -> bool:
    """Write what became of a claimed parcel; False when the claim was lost meanwhile.

    `due_at` says when to look again, for the states that want it.
    """
    outbox, attempt = vault.schema.tables.outbox, vault.schema.tables.attempt
    final = state in {"accepted", "failed", "needs_human"}
    with vault.mechanics() as session:
        result = session.execute(
            update(outbox)
            .where(outbox.c.id == parcel.id, outbox.c.fence == parcel.fence)
            .values(state=state, due_at=due_at or now, settled_at=now if final else None)
        )
        if not result.rowcount:  # type: ignore[attr-defined]
            return False
        found: dict[str, Any] = {"outcome": state}
        if vendor_id is not None:
            found["vendor_id"] = vendor_id
        if asked is not None:
            found["asked"] = asked
        session.execute(update(attempt).where(attempt.c.id == parcel.attempt_id).values(**found))
        return True


def accept_by_token(vault: Vault, token: str, vendor_id: str, now: datetime) -> None:
    """Note that a vendor's own report proves that an attempt was taken, if there is such an attempt.

    The proof may come late, when the next attempt is queued already: that one is not made then.
    """
    outbox, attempt = vault.schema.tables.outbox, vault.schema.tables.attempt
    with vault.mechanics() as session:
        row = session.execute(
            select(attempt.c.id, attempt.c.outbox_id)
            .join(outbox, outbox.c.id == attempt.c.outbox_id)
            .where(attempt.c.token == token, outbox.c.state.in_(_OPEN))
        ).one_or_none()
        if row is not None:
            taken = {"state": "accepted", "fence": outbox.c.fence + 1, "settled_at": now}
            session.execute(update(outbox).where(outbox.c.id == row.outbox_id).values(**taken))
            proof = {"vendor_id": vendor_id, "outcome": "accepted"}
            session.execute(update(attempt).where(attempt.c.id == row.id).values(**proof))


def known_vendor_ids(vault: Vault) -> set[str]:
    """Return the vendor ids that belong to some attempt already."""
    attempt = vault.schema.tables.attempt
    with vault.reading() as session:
        return set(session.scalars(select(attempt.c.vendor_id).where(attempt.c.vendor_id.is_not(None))))

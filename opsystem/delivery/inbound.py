"""What vendors reported: stored once at the door, understood here, performed as operations.

An event's own key is the request id of what it causes, so that a worker that dies in between
and begins again causes it once.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from opsystem.business.conversations.models import VendorEvent
from opsystem.business.conversations.operations import note_delivery, receive_email, receive_text
from opsystem.delivery.attempts import accept_by_token
from opsystem.kit import clock
from opsystem.kit.errors import Problem
from opsystem.operations import Actor
from opsystem.vault import Vault

_LOG = logging.getLogger(__name__)
_WAITS = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))

# What Stripe tells has a lane of its own (`delivery/collecting`).
_OURS = VendorEvent.vendor != "stripe"


def handle_next(vault: Vault, now: datetime) -> bool:
    """Handle the oldest due event; False when none is due."""
    with vault.reading() as session:
        event = session.scalar(
            select(VendorEvent).where(VendorEvent.due_at <= now, _OURS).order_by(VendorEvent.id).limit(1)
        )
    if event is None:
        return False
    try:
        _HANDLERS[event.event](vault, event, json.loads(event.payload))
    except Problem as problem:
        _LOG.warning(
            "inbound.problem", extra={"vendor": event.vendor, "event": event.event, "code": problem.code}
        )
        _put_off(vault, event, problem.code, now)
    except Exception:
        # Whatever it was: one event that cannot be handled must not hold up all that comes after it.
        _LOG.exception("inbound.fault", extra={"vendor": event.vendor, "event": event.event})
        _put_off(vault, event, "fault", now)
    else:
        _close(vault, event, now)
    return True


def next_event_due(vault: Vault) -> datetime | None:
    """Return when the next stored event wants to be handled."""
    with vault.mechanics() as session:
        return session.scalar(
            select(VendorEvent.due_at)
            .where(VendorEvent.due_at.is_not(None), _OURS)
            .order_by(VendorEvent.due_at)
            .limit(1)
        )


def _close(vault: Vault, event: VendorEvent, now: datetime) -> None:
    with vault.mechanics() as session:
        session.execute(
            update(VendorEvent)
            .where(VendorEvent.id == event.id)
            .values(handled_at=now, due_at=None, problem=None)
        )


def _put_off(vault: Vault, event: VendorEvent, code: str, now: datetime) -> None:
    """Try again later, at growing distance; after the last try the event stays, with its problem."""
    due = now + _WAITS[event.tries] if event.tries < len(_WAITS) else None
    with vault.mechanics() as session:
        session.execute(
            update(VendorEvent)
            .where(VendorEvent.id == event.id)
            .values(tries=event.tries + 1, due_at=due, problem=code)
        )


def _request_id(event: VendorEvent) -> str:
    return f"{event.vendor}:{event.key}"


def _text(vault: Vault, event: VendorEvent, payload: dict[str, Any]) -> None:
    receive_text.perform(
        vault, Actor.vendor(event.vendor), payload, request_id=_request_id(event), at=event.received_at
    )


def _mail(vault: Vault, event: VendorEvent, payload: dict[str, Any]) -> None:
    receive_email.perform(
        vault, Actor.vendor(event.vendor), payload, request_id=_request_id(event), at=event.received_at
    )


def _status(vault: Vault, event: VendorEvent, payload: dict[str, Any]) -> None:
    # First, so that an attempt whose answer was lost is known by our own token.
    accept_by_token(vault, payload["token"], payload["vendor_id"], clock.now())
    note_delivery.perform(vault, Actor.vendor(event.vendor), payload, request_id=_request_id(event))


_HANDLERS: dict[str, Callable[[Vault, VendorEvent, dict[str, Any]], None]] = {
    "text": _text,
    "mail": _mail,
    "status": _status,
}

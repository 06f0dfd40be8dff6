"""Texts that came in while nobody answered: Twilio does not repeat them, so it is asked for them.

Reading some minutes twice costs nothing: a text is stored once under its own number.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from opsystem.business.conversations.operations import store_event
from opsystem.control.businesses.directory import business_behind
from opsystem.control.hosting.places import place_of
from opsystem.control.installation import installation
from opsystem.control.upkeep.duties import duty
from opsystem.delivery.arriving import text_event
from opsystem.kit import clock
from opsystem.lifecycle.ledger import AccountLedger
from opsystem.lifecycle.opening import vault_in_use
from opsystem.operations import Actor
from opsystem.vendors import twilio

DUTY = "missed-texts"
_OVERLAP = timedelta(minutes=15)
_FURTHEST = timedelta(days=7)


def fetch_missed_texts(keep: Callable[[], bool]) -> dict[str, Any]:
    """Store what came in since this last went well; return how many texts were looked at and new.

    It stops when `keep` says so, and the rest is found the next time.

    Raises GatewayError when Twilio cannot be asked.
    """
    now = clock.now()
    texts = twilio.received_texts(
        installation().twilio, since=_since(now), ledger=AccountLedger(), ref=DUTY, initiator="system"
    )
    # The oldest first, so that a thread is in order. What is left out is looked for again.
    kept = [_store(text) for text in reversed(texts) if keep()]
    stopped = {} if len(kept) == len(texts) else {"outcome": "stopped"}
    return {"seen": len(texts), "new": sum(kept), **stopped}


def _since(now: datetime) -> datetime:
    before = duty(DUTY)
    good = before.good_at if before is not None else None
    return max(now - _FURTHEST, good - _OVERLAP) if good is not None else now - _FURTHEST


def _store(text: twilio.InboundText) -> bool:
    business = business_behind("sms", text.recipient)
    if business is None:
        return False
    with vault_in_use(place_of(business.pk).vault_id) as vault:
        return store_event.perform(vault, Actor.vendor("twilio"), text_event(text)).value.new

"""The books compared with Stripe: first what was told and not heard, then line by line.

Stripe keeps events for 30 days, and repeats an untaken one for three (https://docs.stripe.com/webhooks).
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import select

from opsystem.business.collecting.comparing import note_comparison
from opsystem.business.collecting.keeping import Comparison
from opsystem.business.conversations.operations import store_event
from opsystem.delivery.collecting.hearing import hear_next, subject_of
from opsystem.delivery.collecting.route import ACTOR, StripeRoute
from opsystem.kit import clock
from opsystem.operations import Actor
from opsystem.vendors import stripe

_FURTHEST = timedelta(days=29)
_OVERLAP = timedelta(days=2)


def compare(route: StripeRoute) -> int:
    """Hear what was missed, compare, and return how much differs. Raises GatewayError."""
    now = clock.now()
    since, about = _since(route, now), route.about("comparison")
    briefs = stripe.events_since(route.config, route.account(), since, **about)
    healed = sum(store_brief(route, brief) for brief in briefs)
    while hear_next(route, clock.now()):
        pass
    lines = stripe.lines_since(route.config, route.account(), since, **about)
    given = {
        "since": since,
        "lines": [
            {name: value for name, value in asdict(line).items() if name != "created_at"} for line in lines
        ],
        "healed": healed,
    }
    return note_comparison.perform(route.vault, Actor.system(), given).value


def store_brief(route: StripeRoute, brief: stripe.EventBrief) -> bool:
    """Store what Stripe told; False when it is stored already."""
    return store_event.perform(route.vault, ACTOR, event_of(brief)).value.new


def event_of(brief: stripe.EventBrief) -> dict[str, object]:
    """Return what `store_event` takes of an event: ids, and nothing of its content."""
    payload = {"type": brief.type, "kind": brief.kind, "about": brief.about}
    return {"vendor": "stripe", "key": brief.event, "event": subject_of(brief), "payload": payload}


def _since(route: StripeRoute, now: datetime) -> datetime:
    with route.vault.reading() as session:
        last = session.scalars(select(Comparison).order_by(Comparison.id.desc()).limit(1)).first()
    return max(now - _FURTHEST, last.at - _OVERLAP) if last is not None else now - _FURTHEST

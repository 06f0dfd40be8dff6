"""What Stripe told, stored at the door, and looked after here: one question for all news of a thing."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from opsystem.business.collecting.models import Checkout
from opsystem.business.conversations.models import VendorEvent
from opsystem.delivery.collecting.looking import look_at_account, look_at_method, look_at_payment
from opsystem.delivery.collecting.performing import note_session
from opsystem.delivery.collecting.route import StripeRoute
from opsystem.kit.errors import Problem
from opsystem.vendors import stripe

_LOG = logging.getLogger(__name__)
_WAITS = tuple(timedelta(seconds=wait) for wait in (5, 30, 120, 600, 3600, 6 * 3600))
_AT_ONCE = 500


def hear_next(route: StripeRoute, now: datetime) -> bool:
    """Look after the oldest news that is due, with all other news of the same thing; False when none is due.

    Whatever was told before the question is in the answer, so all of it is over with that one answer.
    """
    with route.vault.reading() as session:
        due = session.scalars(
            select(VendorEvent)
            .where(VendorEvent.vendor == "stripe", VendorEvent.due_at <= now)
            .order_by(VendorEvent.id)
            .limit(_AT_ONCE)
        ).all()
    if not due:
        return False
    subject = due[0].event
    same = [event for event in due if event.event == subject]
    try:
        _look(route, subject, [json.loads(event.payload) for event in same])
    except Problem as problem:
        _LOG.warning("collecting.problem", extra={"code": problem.code})
        _put_off(route, same, problem.code, now)
    except Exception:
        # Whatever it was: one thing that cannot be looked at must not hold up all others.
        _LOG.exception("collecting.fault")
        _put_off(route, same, "fault", now)
    else:
        _write(route, same, handled_at=now, due_at=None, problem=None)
    return True


def subject_of(brief: stripe.EventBrief) -> str:
    """Return under which word all news of one thing stands together."""
    if brief.kind == "account":
        return "account"
    if brief.payment_intent:
        return brief.payment_intent
    return brief.about


def _look(route: StripeRoute, subject: str, told: list[dict[str, Any]]) -> None:
    if subject == "account":
        look_at_account(route)
    elif subject.startswith("pi_"):
        look_at_payment(route, subject)
        for session in sorted({one["about"] for one in told if one["kind"] == "checkout.session"}):
            _look_at_page(route, session)
    elif subject.startswith("cs_"):
        _look_at_page(route, subject)
    elif subject.startswith("pm_"):
        look_at_method(route, subject, session="pm_none")


def _look_at_page(route: StripeRoute, session: str) -> None:
    with route.vault.reading() as reading:
        page = reading.scalar(select(Checkout).where(Checkout.session == session))
    if page is None:
        return
    state = stripe.checkout_state(route.config, route.account(), session, **route.about(page.ref))
    note_session(route, page.id, state)
    if state.method:
        look_at_method(route, state.method, session)
    elif page.keeps and state.status == "complete" and state.customer:
        for method in stripe.customer_methods(
            route.config, route.account(), state.customer, **route.about(page.ref)
        ):
            look_at_method(route, method, session)


def _put_off(route: StripeRoute, events: Iterable[VendorEvent], code: str, now: datetime) -> None:
    for event in events:
        due = now + _WAITS[event.tries] if event.tries < len(_WAITS) else None
        _write(route, [event], tries=event.tries + 1, due_at=due, problem=code)


def _write(route: StripeRoute, events: Iterable[VendorEvent], **values: object) -> None:
    numbers = [event.id for event in events]
    with route.vault.mechanics() as session:
        session.execute(update(VendorEvent).where(VendorEvent.id.in_(numbers)).values(**values))

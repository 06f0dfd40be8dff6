"""Errands tried until Stripe has clearly answered. Their key makes a second try the same as the first.

Stripe keeps keys for a day at least, so nothing is tried longer: what is not clear by then is for a person.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from sqlalchemy import select, update

from opsystem.business.collecting.keeping import Errand
from opsystem.business.collecting.operations import note_refusal
from opsystem.delivery.collecting.performing import KINDS
from opsystem.delivery.collecting.route import StripeRoute
from opsystem.kit import clock
from opsystem.kit.errors import Problem
from opsystem.operations import Actor
from opsystem.vault import Vault
from opsystem.vendors.errors import Certainty, GatewayError

_LOG = logging.getLogger(__name__)
_LONGEST = timedelta(hours=23)
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=30)


def next_errand(vault: Vault, now: datetime) -> Errand | None:
    """Return the oldest errand that is due."""
    with vault.reading() as session:
        return session.scalar(
            select(Errand).where(Errand.due_at <= now).order_by(Errand.due_at, Errand.id).limit(1)
        )


def run_errand(route: StripeRoute, number: int) -> str:
    """Try an errand once and note what became of it; return Stripe's answer.

    Raises Problem when it did not go well; a later try is planned where that may help.
    """
    with route.vault.reading() as session:
        errand = session.get(Errand, number)
    if errand is None or errand.due_at is None:
        return ""
    try:
        answer = KINDS[errand.task](route, errand)
    except GatewayError as error:
        _LOG.warning("collecting.trouble", extra={"task": errand.task, "trouble": str(error.trouble)})
        if error.certainty is Certainty.REFUSED and not error.retryable:
            _end(route, errand, error.vendor_code or str(error.trouble))
        else:
            _put_off(route, errand, error.code, error.retry_after)
        raise
    except Problem as problem:
        _put_off(route, errand, problem.code, None)
        raise
    _settle(route.vault, errand, done_at=clock.now(), due_at=None, problem="")
    return answer


def _put_off(route: StripeRoute, errand: Errand, problem: str, after: float | None) -> None:
    now = clock.now()
    if now - errand.begun_at > _LONGEST:
        _end(route, errand, problem, unclear=True)
        return
    wait = min(_FIRST_WAIT * 2 ** min(errand.tries, 12), _LONGEST_WAIT)
    due = now + max(wait, timedelta(seconds=after or 0))
    _settle(route.vault, errand, due_at=due, tries=errand.tries + 1, problem=problem)


def _end(route: StripeRoute, errand: Errand, problem: str, *, unclear: bool = False) -> None:
    given = {"errand": errand.id, "problem": problem.replace("_", " "), "unclear": unclear}
    note_refusal.perform(route.vault, Actor.system(), given)
    _settle(route.vault, errand, due_at=None, problem=problem, tries=errand.tries + 1)


def _settle(vault: Vault, errand: Errand, **values: object) -> None:
    with vault.mechanics() as session:
        session.execute(update(Errand).where(Errand.id == errand.id).values(**values))

"""The lane of one vault: everything due, until nothing is due."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select

from opsystem.business.collecting.keeping import Errand
from opsystem.business.conversations.models import VendorEvent
from opsystem.delivery.collecting.errands import next_errand, run_errand
from opsystem.delivery.collecting.hearing import hear_next
from opsystem.delivery.collecting.route import route_of
from opsystem.kit import clock
from opsystem.kit.errors import Problem
from opsystem.vault import Vault


def run(vault: Vault, business_number: int, keep: Callable[[], bool]) -> datetime | None:
    """Do all that is due with Stripe; return when the vault next wants this lane, None for not at all."""
    route = route_of(vault, business_number)
    while keep():
        errand = next_errand(vault, clock.now())
        if errand is not None:
            # What went wrong is noted with the errand, and its next try is planned.
            with contextlib.suppress(Problem):
                run_errand(route, errand.id)
        elif not hear_next(route, clock.now()):
            break
    return next_due(vault)


def next_due(vault: Vault) -> datetime | None:
    """Return when this lane is next wanted; read under the write lock, so that nothing is overlooked."""
    with vault.mechanics() as session:
        errand = session.scalar(select(func.min(Errand.due_at)))
        event = session.scalar(select(func.min(VendorEvent.due_at)).where(VendorEvent.vendor == "stripe"))
    return min((moment for moment in (errand, event) if moment is not None), default=None)

"""Doing a duty of the installation: held by lease, noted with its outcome, and in the audit log."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from opsystem.control.audit.events import record
from opsystem.control.upkeep.duties import DONE, Held, duty, give_back, renew, take
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, Problem

_LOG = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
_OFTEN = frozenset({"backup", "deletions", "missed-texts"})
Work = Callable[[Callable[[], bool]], dict[str, Any]]
NextDue = Callable[[str], datetime]


def do_now(name: str, work: Work) -> dict[str, Any]:
    """Do a duty now, whether it is due or not. Raises Conflict when somebody else is at it."""
    held = take(name, f"{socket.gethostname()}:{os.getpid()}", clock.now(), LEASE, even_if_not_due=True)
    if held is None:
        raise Conflict("Somebody else is doing this right now. Try again later.", code="duty_busy")
    return perform(held, work, lambda _: held.due_at)


def perform(held: Held, work: Work, next_due: NextDue) -> dict[str, Any]:
    """Do a duty that is held, and note how it went; what it raises is raised.

    `next_due` is asked with the outcome. A failure is an error in the log each time. The audit log says when
    an outcome is another one than before; of what is done rarely, every outcome.
    """
    before = duty(held.name)
    outcome, figures = "fault", dict[str, Any]()
    try:
        figures = work(_keeper(held))
        outcome = str(figures.get("outcome", DONE))
    except Problem as problem:
        outcome = problem.code
        raise
    finally:
        give_back(held, clock.now(), next_due(outcome), outcome=outcome, figures=figures)
        if outcome in {"backup_stopped", "stopped"}:
            _LOG.warning("duty.stopped", extra={"duty": held.name})
        elif outcome != DONE:
            _LOG.error("duty.failed", extra={"duty": held.name, "code": outcome})
        if before is None or before.outcome != outcome or held.name not in _OFTEN:
            record(f"{held.name.replace('-', '_')}.ended", result=outcome)
    return figures


def _keeper(held: Held) -> Callable[[], bool]:
    """Return the question whether to go on: it renews the lease when half of it is gone."""
    renewed = [clock.now()]

    def keep() -> bool:
        now = clock.now()
        if now - renewed[0] < LEASE / 2:
            return True
        renewed[0] = now
        return renew(held, now, LEASE)

    return keep

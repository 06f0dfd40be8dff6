"""Installation-wide work that comes back: each duty in a thread of its own, taken by lease.

With several workers each duty is done once. One that failed is tried again soon; each failure is an error in
the log.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import close_old_connections

from opsystem.control.installation import installation
from opsystem.control.upkeep.duties import DONE, take
from opsystem.kit import clock
from opsystem.kit.errors import Problem
from opsystem.lifecycle.backups.caring import care
from opsystem.lifecycle.backups.running import run_backup
from opsystem.lifecycle.duties import LEASE, Work, perform
from opsystem.lifecycle.shredding.duties import delete_due, end_old_epoch
from opsystem.worker.comparing import compare_all
from opsystem.worker.missed import fetch_missed_texts
from opsystem.worker.tidying import tidy

_LOG = logging.getLogger(__name__)
_LOOK_EVERY = 5.0
_AFTER_FAILURE = timedelta(minutes=1)
_AFTER_BAD_NIGHT = timedelta(hours=1)


@dataclass(frozen=True)
class DutyRule:
    """What a duty does, when it is due again after it went well, and how long after it did not."""

    work: Work
    first: Callable[[datetime], datetime]
    again: Callable[[datetime], datetime]
    after_failure: timedelta

    def next_due(self, outcome: str) -> datetime:
        """Return when a duty that has just ended is due again."""
        now = clock.now()
        return self.again(now) if outcome == DONE else now + self.after_failure


def duties() -> dict[str, DutyRule]:
    """Return the duties of this installation by name; there are none of backups where none are set up."""
    own = {
        "deletions": _each(timedelta(minutes=1), delete_due, timedelta(minutes=5)),
        "epoch": _each(timedelta(days=1), end_old_epoch, _AFTER_BAD_NIGHT),
        "missed-texts": _each(timedelta(minutes=10), fetch_missed_texts, _AFTER_FAILURE),
        "payments-compared": _each(timedelta(days=1), compare_all, _AFTER_BAD_NIGHT),
        "tidying": _each(timedelta(days=1), tidy, _AFTER_BAD_NIGHT),
    }
    plan = installation().backups
    if plan is None:
        return own
    night = partial(next_night, hour=plan.hour)
    return own | {
        "backup": _each(plan.every, run_backup, _AFTER_FAILURE),
        "backup-care": DutyRule(care, night, night, _AFTER_BAD_NIGHT),
    }


def _each(pause: timedelta, work: Work, after_failure: timedelta) -> DutyRule:
    return DutyRule(work, lambda now: now, lambda now: now + pause, after_failure)


def next_night(now: datetime, hour: int) -> datetime:
    """Return the next time the clock shows this hour, UTC."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


def begin_duties(worker: str, stop: threading.Event) -> list[threading.Thread]:
    """Start a thread for each duty; they end after their present work when `stop` is set."""
    if installation().backups is None:
        _LOG.warning("backup.not_set_up")
    threads = [
        threading.Thread(target=_watch, args=(name, rule, worker, stop), name=f"duty-{name}")
        for name, rule in duties().items()
    ]
    for thread in threads:
        thread.start()
    return threads


def _watch(name: str, rule: DutyRule, worker: str, stop: threading.Event) -> None:
    while not stop.wait(_LOOK_EVERY):
        close_old_connections()
        try:
            now = clock.now()
            held = take(name, worker, now, LEASE, first_due=rule.first(now))
            if held is not None:
                perform(held, lambda keep: rule.work(lambda: keep() and not stop.is_set()), rule.next_due)
        except Problem:
            continue  # noted and in the log already
        except Exception:
            _LOG.exception("worker.fault", extra={"duty": name})
        finally:
            close_old_connections()

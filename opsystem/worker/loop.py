"""The worker's loop: claim, open, do, settle. A thread for each thing done at once."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.db import close_old_connections

from opsystem.control.hosting.alarms import Claim, claim_due, renew, settle
from opsystem.control.hosting.places import business_number_of, place_by_row
from opsystem.control.installation import installation
from opsystem.kit import clock
from opsystem.kit.errors import Problem
from opsystem.lifecycle.opening import close_all_vaults, vault_in_use
from opsystem.worker.duties import begin_duties
from opsystem.worker.lanes import LANES, LaneRule

_LOG = logging.getLogger(__name__)
_LOOK_EVERY = 0.2
_AFTER_FAULT = timedelta(seconds=30)


class Worker:
    """Runs the lanes until it is told to stop: one thread looks, the others do."""

    def __init__(self, lease: timedelta) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.lease = lease
        self._stop = threading.Event()
        self._busy = dict.fromkeys(LANES, 0)
        self._lock = threading.Lock()

    def stop(self) -> None:
        """Ask every thread to end after its present step."""
        self._stop.set()

    def run(self) -> None:
        """Work until stopped; returns when everything begun has ended."""
        duties = begin_duties(self.name, self._stop)
        with ThreadPoolExecutor(sum(rule.at_once for rule in LANES.values())) as threads:
            while not self._stop.is_set():
                for claim in self._look():
                    threads.submit(self._serve, claim)
                self._stop.wait(_LOOK_EVERY)
        for thread in duties:
            thread.join()
        close_all_vaults()

    def _look(self) -> list[Claim]:
        """Take what is due in the lanes that have a hand free."""
        with self._lock:
            free = [lane for lane, rule in LANES.items() if self._busy[lane] < rule.at_once]
        try:
            close_old_connections()
            claims = claim_due(free, self.name, clock.now(), self.lease.total_seconds()) if free else []
        except Exception:
            # Whatever it was, the alarms are still set: they are looked at again.
            _LOG.exception("worker.fault", extra={"lane": "looking"})
            self._stop.wait(1)
            return []
        with self._lock:
            for claim in claims:
                self._busy[claim.lane] += 1
        return claims

    def _serve(self, claim: Claim) -> None:
        close_old_connections()
        try:
            self._work(claim, LANES[claim.lane])
        except Exception:
            # The lease ends by itself, and the lane is taken again.
            _LOG.exception("worker.fault", extra={"lane": claim.lane})
        finally:
            close_old_connections()
            with self._lock:
                self._busy[claim.lane] -= 1

    def _work(self, claim: Claim, rule: LaneRule) -> None:
        next_due: datetime | None = clock.now() + _AFTER_FAULT
        try:
            with vault_in_use(place_by_row(claim.vault_id).vault_id) as vault:
                next_due = rule.run(vault, business_number_of(claim.vault_id), self._keeper(claim))
        except Problem as problem:
            _LOG.warning("worker.problem", extra={"lane": claim.lane, "code": problem.code})
        finally:
            settle(claim, next_due, now=clock.now())

    def _keeper(self, claim: Claim) -> Callable[[], bool]:
        """Return the question asked before each step: it renews the lease when half of it is gone."""
        held = [claim]

        def keep() -> bool:
            if self._stop.is_set():
                return False
            now = clock.now()
            if held[0].lease_until - now < self.lease / 2:
                renewed = renew(held[0], now=now, lease_seconds=self.lease.total_seconds())
                if renewed is None:
                    return False
                held[0] = renewed
            return True

        return keep


def run_worker() -> None:
    """Run a worker in this process until SIGTERM or SIGINT."""
    worker = Worker(timedelta(seconds=installation().patience.lease_seconds))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    _LOG.info("worker.started", extra={"worker": worker.name})
    worker.run()
    _LOG.info("worker.stopped", extra={"worker": worker.name})

"""The worker's loop: claim, open, do, settle. A thread for each thing done at once."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from datetime import timedelta

from django.db import close_old_connections

from opsystem.control.hosting.alarms import Claim, claim_due, renew, settle
from opsystem.control.hosting.places import business_number_of, place_by_row
from opsystem.control.installation import installation
from opsystem.kit import clock
from opsystem.kit.errors import Problem
from opsystem.lifecycle.opening import close_all_vaults, vault_in_use
from opsystem.worker.lanes import LANES, LaneRule

_LOG = logging.getLogger(__name__)
_LOOK_EVERY = 0.1
_AFTER_FAULT = timedelta(seconds=30)


class Worker:
    """Runs the lanes until it is told to stop."""

    def __init__(self, lease: timedelta) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.lease = lease
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask every thread to end after its present step."""
        self._stop.set()

    def run(self) -> None:
        """Work until stopped; returns when every thread has ended."""
        threads = [
            threading.Thread(target=self._serve, args=(lane, rule), name=f"{lane}-{number}")
            for lane, rule in LANES.items()
            for number in range(rule.at_once)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        close_all_vaults()

    def _serve(self, lane: str, rule: LaneRule) -> None:
        while not self._stop.is_set():
            close_old_connections()
            try:
                claims = claim_due([lane], self.name, clock.now(), self.lease.total_seconds())
                for claim in claims:
                    self._work(claim, rule)
            except Exception:
                # Whatever it was, the alarm is still set: the lane is tried again.
                _LOG.exception("worker.fault", extra={"lane": lane})
                claims = []
                self._stop.wait(1)
            if not claims:
                self._stop.wait(_LOOK_EVERY)

    def _work(self, claim: Claim, rule: LaneRule) -> None:
        next_due = clock.now() + _AFTER_FAULT
        try:
            with vault_in_use(place_by_row(claim.vault_id).vault_id) as vault:
                next_due = rule.run(vault, business_number_of(claim.vault_id), self._keeper(claim))  # type: ignore[assignment]
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

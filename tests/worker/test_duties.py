"""The worker makes the backups: at once, again and again, at night with a drill, and two workers no more."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

from opsystem.control.upkeep.duties import duty
from opsystem.worker.duties import begin_duties, next_night
from tests.lifecycle.backups.house import House


def test_two_workers_make_one_backup(house: House) -> None:
    house.found()
    stop = threading.Event()
    threads = begin_duties("a", stop) + begin_duties("b", stop)
    until = time.monotonic() + 60
    while time.monotonic() < until and ((row := duty("backup")) is None or row.good_at is None):
        time.sleep(0.1)
    stop.set()
    for thread in threads:
        thread.join()
    assert len(house.repository.backups()) == 1
    care = duty("backup-care")
    assert care is not None
    assert care.begun_at is None
    assert (care.due_at.hour, care.due_at.minute) == (8, 0)


def test_the_night_is_the_next_time_the_clock_shows_its_hour() -> None:
    before, after = datetime(2026, 11, 23, 7, 59, tzinfo=UTC), datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert next_night(before, 8) == after
    assert next_night(after, 8) == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

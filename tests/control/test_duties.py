"""What the installation owes itself is done once, by whoever lives, however many workers there are."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from opsystem.control.upkeep.duties import DONE, Held, duty, give_back, renew, take
from opsystem.control.upkeep.models import Duty

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def no_duties(control_plane: object) -> Iterator[None]:  # noqa: ARG001 - tables must be there
    """Nobody ever had a duty."""
    Duty.objects.all().delete()
    yield
    Duty.objects.all().delete()


def test_a_duty_is_held_by_one_until_it_is_given_back_or_the_lease_ends() -> None:
    held = take("backup", "a", NOW, LEASE)
    assert held is not None
    assert take("backup", "b", NOW + LEASE / 2, LEASE) is None
    assert renew(held, NOW + LEASE / 2, LEASE)
    assert take("backup", "b", NOW + LEASE, LEASE) is None
    taken_over = take("backup", "b", NOW + 2 * LEASE, LEASE)
    assert taken_over is not None
    assert not renew(held, NOW + 2 * LEASE, LEASE)
    assert not give_back(held, NOW, NOW, outcome=DONE, figures={})
    assert give_back(taken_over, NOW + 2 * LEASE, NOW + 3 * LEASE, outcome=DONE, figures={"vaults": 3})
    assert take("backup", "a", NOW + 2 * LEASE, LEASE) is None
    assert take("backup", "a", NOW + 3 * LEASE, LEASE) is not None


def test_a_new_duty_waits_for_its_first_time_unless_somebody_asks_for_it() -> None:
    night = NOW + timedelta(hours=10)
    assert take("care", "a", NOW, LEASE, first_due=night) is None
    assert take("care", "a", NOW, LEASE, even_if_not_due=True) is not None


def test_a_failure_is_noted_beside_when_it_went_well_last() -> None:
    for minute, outcome in ((0, DONE), (10, "backup_no_room")):
        at = NOW + timedelta(minutes=minute)
        held = take("backup", "a", at, LEASE)
        assert held is not None
        give_back(held, at, at, outcome=outcome, figures={})
    row = duty("backup")
    assert row is not None
    assert (row.outcome, row.good_at, row.ended_at) == ("backup_no_room", NOW, NOW + timedelta(minutes=10))


def test_of_many_who_want_it_at_once_one_gets_it() -> None:
    got: list[Held] = []
    barrier = threading.Barrier(6)

    def want(number: int) -> None:
        barrier.wait()
        held = take("backup", f"w{number}", NOW, LEASE)
        if held is not None:
            got.append(held)
        connection.close()

    threads = [threading.Thread(target=want, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 1

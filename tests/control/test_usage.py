"""Usage is counted by day and never holds content."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from opsystem.control.usage.meters import count, forget_addresses, note_sign_in, total
from opsystem.control.usage.models import SignIn
from opsystem.kit import clock
from tests.control.people import new_person

pytestmark = pytest.mark.usefixtures("control_plane")
DAY = date(2026, 11, 23)


def test_counts_add_up_by_business_day_and_meter() -> None:
    count("test.jobs", business_id=901, day=DAY)
    count("test.jobs", 2, business_id=901, day=DAY)
    count("test.jobs", 4, business_id=901, day=DAY + timedelta(days=1))
    count("test.jobs", 8, business_id=902, day=DAY)
    count("test.other", 16, business_id=901, day=DAY)
    assert total("test.jobs", business_id=901) == 7
    assert total("test.jobs", business_id=901, until=DAY) == 3
    assert total("test.jobs", business_id=901, since=DAY + timedelta(days=1)) == 4
    assert total("test.", business_id=901) == 23


def test_counting_from_many_threads_loses_nothing() -> None:
    def work() -> None:
        for _ in range(10):
            count("test.threads", business_id=903, day=DAY)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert total("test.threads", business_id=903) == 40


@pytest.mark.parametrize("meter", ["", "Mrs Alvarez", "845 555 0100", "a@b.example", "x" * 61])
def test_a_meter_cannot_be_made_of_what_people_write(meter: str) -> None:
    with pytest.raises(ValueError, match="plain lower-case name"):
        count(meter)


def test_addresses_of_sign_ins_can_be_forgotten() -> None:
    person = new_person()
    note_sign_in(person.pk, ip="192.0.2.1", method="password")
    SignIn.objects.filter(person=person).update(at=clock.now() - timedelta(days=91))
    note_sign_in(person.pk, ip="192.0.2.2", method="totp")
    assert forget_addresses(clock.now() - timedelta(days=90)) >= 1
    kept = SignIn.objects.filter(person=person).order_by("at").values_list("ip", flat=True)
    assert list(kept) == [None, "192.0.2.2"]

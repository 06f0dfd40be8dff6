"""The alarm clock: no wake-up is lost, and no lane is held by two workers at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from opsystem.control.businesses.directory import found_business
from opsystem.control.hosting.alarms import LONGEST_TRANSACTION, Claim, claim_due, renew, settle, wake_at
from opsystem.control.hosting.models import Alarm, Vault

pytestmark = pytest.mark.usefixtures("control_plane")
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LATER = NOW + LONGEST_TRANSACTION + SECOND


def new_vault(state: str = Vault.State.OPEN) -> int:
    business = found_business(name="A", phone="", website="", industry="", founder=None)
    return Vault.objects.create(business=business, state=state).pk


@pytest.fixture
def vault() -> Iterator[int]:
    yield new_vault()
    Alarm.objects.all().delete()


def due_of(vault: int, lane: str = "delivery") -> datetime | None:
    return Alarm.objects.get(vault_id=vault, lane=lane).due_at


def claim(now: datetime = NOW, worker: str = "w", seconds: float = 60) -> Claim:
    claims = claim_due(["delivery"], worker, now, seconds)
    assert len(claims) == 1
    return claims[0]


def test_an_alarm_only_ever_moves_earlier(vault: int) -> None:
    wake_at(vault, "delivery", NOW + 5 * SECOND, now=NOW)
    wake_at(vault, "delivery", NOW + 9 * SECOND, now=NOW)
    assert due_of(vault) == NOW + 5 * SECOND
    wake_at(vault, "delivery", NOW + 2 * SECOND, now=NOW)
    assert due_of(vault) == NOW + 2 * SECOND


def test_nothing_is_claimed_before_its_time_or_in_another_lane(vault: int) -> None:
    wake_at(vault, "delivery", NOW + SECOND, now=NOW)
    assert claim_due(["delivery"], "w", NOW, 60) == []
    assert claim_due(["files", "assistant"], "w", LATER, 60) == []
    assert claim_due(["files", "delivery"], "w", LATER, 60)[0].vault_id == vault


def test_what_is_held_is_nobody_elses_until_the_lease_ends(vault: int) -> None:
    wake_at(vault, "delivery", NOW, now=NOW)
    first = claim(worker="one", seconds=10)
    assert claim_due(["delivery"], "two", NOW + 9 * SECOND, 10) == []
    second = claim(NOW + 10 * SECOND, worker="two")
    assert not settle(first, None, now=NOW + 11 * SECOND)
    assert settle(second, None, now=LATER)


def test_a_renewed_lease_holds_and_a_lost_one_cannot_be_renewed(vault: int) -> None:
    wake_at(vault, "delivery", NOW, now=NOW)
    held = claim(seconds=10)
    renewed = renew(held, now=NOW + 9 * SECOND, lease_seconds=10)
    assert renewed is not None
    assert claim_due(["delivery"], "two", NOW + 15 * SECOND, 10) == []
    assert renew(renewed, now=NOW + 20 * SECOND, lease_seconds=10) is None


def test_a_wake_up_while_the_lane_is_worked_on_is_not_lost(vault: int) -> None:
    wake_at(vault, "delivery", NOW, now=NOW)
    held = claim(LATER)
    wake_at(vault, "delivery", LATER, now=LATER)
    assert settle(held, None, now=LATER)
    assert claim_due(["delivery"], "w", LATER, 60) != []


def test_work_committed_after_its_wake_up_was_seen_is_still_found(vault: int) -> None:
    wake_at(vault, "delivery", NOW, now=NOW)
    looks, moment = 0, NOW
    while (due := due_of(vault)) is not None:
        moment = max(moment, due)
        looks += 1
        assert settle(claim(moment), None, now=moment)
    assert NOW + LONGEST_TRANSACTION <= moment <= LATER
    assert 3 <= looks <= 8


def test_an_old_alarm_rests_when_nothing_is_due_and_keeps_its_next_time(vault: int) -> None:
    wake_at(vault, "delivery", NOW, now=NOW)
    assert settle(claim(LATER), LATER + 60 * SECOND, now=LATER)
    assert due_of(vault) == LATER + 60 * SECOND
    wake_at(vault, "delivery", LATER + 90 * SECOND, now=NOW)
    assert due_of(vault) == LATER + 60 * SECOND


@pytest.mark.parametrize("state", [Vault.State.MAKING, Vault.State.CLOSED])
def test_a_vault_that_is_not_open_is_left_alone(state: str) -> None:
    vault = new_vault(state)
    wake_at(vault, "delivery", NOW, now=NOW)
    assert claim_due(["delivery"], "w", LATER, 60) == []
    Alarm.objects.all().delete()


def test_the_longest_due_comes_first_and_no_more_than_asked_for(vault: int) -> None:
    others = [new_vault(), new_vault()]
    for place, due in zip([vault, *others], [3, 1, 2], strict=True):
        wake_at(place, "delivery", NOW + due * SECOND, now=NOW)
    claims = claim_due(["delivery"], "w", LATER, 60, limit=2)
    assert [one.vault_id for one in claims] == others


@given(st.lists(st.tuples(st.sampled_from(["wake", "claim", "settle"]), st.integers(0, 50)), max_size=25))
@settings(max_examples=25, deadline=None)
def test_after_any_story_the_last_wake_up_is_looked_at(steps: list[tuple[str, int]]) -> None:
    vault, moment, unseen = new_vault(), NOW, False
    held: list[Claim] = []
    for act, wait in steps:
        moment += wait * SECOND
        if act == "wake":
            wake_at(vault, "delivery", moment, now=moment)
            unseen = True
        elif act == "claim":
            got = claim_due(["delivery"], "w", moment, 20)
            held = got or held
            unseen = unseen and not got
        elif held:
            settle(held.pop(), None, now=moment)
    assert not unseen or claim_due(["delivery"], "w", moment + 25 * SECOND, 60) != []
    Alarm.objects.all().delete()


def test_racing_workers_never_hold_one_lane_together() -> None:
    vaults = [new_vault() for _ in range(12)]
    for vault in vaults:
        wake_at(vault, "delivery", NOW, now=NOW)
    claims: list[Claim] = []
    start = threading.Barrier(6)

    def work(name: str) -> None:
        start.wait()
        while got := claim_due(["delivery"], name, LATER, 60, limit=2):
            claims.extend(got)
        connection.close()

    threads = [threading.Thread(target=work, args=(f"worker {number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.vault_id for one in claims) == sorted(vaults)
    Alarm.objects.all().delete()


def test_wake_ups_from_many_threads_make_one_alarm(vault: int) -> None:
    start = threading.Barrier(6)

    def wake(number: int) -> None:
        start.wait()
        for turn in range(10):
            wake_at(vault, "files", NOW + (number + turn) * SECOND, now=NOW)
        connection.close()

    threads = [threading.Thread(target=wake, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert due_of(vault, "files") == NOW
    assert Alarm.objects.get(vault_id=vault, lane="files").version == 60

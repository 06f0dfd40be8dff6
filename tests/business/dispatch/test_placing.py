"""Promises about placing visits: the board's acts, by operation."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from opsystem.business.clients.operations import add_client
from opsystem.business.dispatch.operations import (
    book_slot,
    locate_property,
    place_visit,
    place_visits,
    set_arrival_window,
)
from opsystem.business.dispatch.queries import check_time, list_lanes, suggest_slots
from opsystem.business.dispatch.records import Placed
from opsystem.business.hours.operations import add_day_exception, set_scheduling_rules, set_week
from opsystem.business.jobs.operations import book_job, start_visit
from opsystem.business.jobs.queries import show_visit
from opsystem.business.jobtypes.operations import add_job_type
from opsystem.business.skills.operations import set_skills
from opsystem.kit.errors import Conflict, Invalid
from opsystem.operations import Actor, Operation, Role
from opsystem.vault import Vault
from tests.business.opening import joined
from tests.business.scene import person

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # Monday, 9:00 in Chicago
TUESDAY = "2026-11-24"


@pytest.fixture(autouse=True)
def booked(vault: Vault, alice: Actor) -> None:
    """Bob (U-2) goes to Ana in 39530 on Tuesday at nine, for an hour; Eve (U-3) is free."""
    joined(vault, "Bob Tran", Role.TECHNICIAN, "acc-bob")
    person(vault, alice, "Eve", Role.TECHNICIAN)
    for name, postcode in (("Ana Ruiz", "39530"), ("Ben Cole", "39530-1234"), ("Cy Dow", "39501")):
        place = {"street": f"1 {name} St", "city": "Biloxi", "state": "MS", "postcode": postcode}
        add_client.perform(vault, alice, {"name": name, **place}, at=NOW)
    do(vault, alice, book_job, client="C-1", title="Heater", starts_at=f"{TUESDAY}T09:00", members=["U-2"])


def do(vault: Vault, actor: Actor, operation: Operation[Any], **given: Any) -> Any:
    return operation.perform(vault, actor, given, at=NOW).value


def place(vault: Vault, actor: Actor, **given: Any) -> Placed:
    placed: Placed = do(vault, actor, place_visit, visit="V-1", **given)
    return placed


def test_row_22_a_visit_is_moved_given_to_another_and_made_longer_in_one_act(
    vault: Vault, alice: Actor
) -> None:
    placed = place(vault, alice, starts_at=f"{TUESDAY}T13:15", minutes=90, members=["U-3"])
    assert (placed.local_start.strftime("%H:%M"), placed.minutes, placed.names) == ("13:15", 90, ["Eve"])
    assert placed.troubles == []


def test_row_22_what_speaks_against_a_time_is_told(vault: Vault, alice: Actor) -> None:
    do(vault, alice, book_job, client="C-3", title="Faucet", starts_at=f"{TUESDAY}T10:10", members=["U-2"])
    assert [(one.kind, one.visit) for one in place(vault, alice, minutes=90).troubles] == [("overlap", "V-2")]
    near = place(vault, alice, minutes=60).troubles
    assert [one.kind for one in near] == ["travel"]
    assert "10 min between this and V-2" in near[0].words
    late = place(vault, alice, starts_at=f"{TUESDAY}T19:00").troubles
    assert [one.words for one in late] == ["Outside the hours of Bob Tran, 8:00 AM to 5:00 PM"]
    sunday = place(vault, alice, starts_at="2026-11-29T09:00").troubles
    assert [one.words for one in sunday] == ["Bob Tran does not work on Sun Nov 29"]
    do(vault, alice, add_day_exception, member="U-2", first_day="2026-11-25", reason="vacation")
    away = place(vault, alice, starts_at="2026-11-25T09:00").troubles
    assert [(one.kind, one.words) for one in away] == [
        ("time_off", "Bob Tran is away on Wed Nov 25: vacation")
    ]
    asked = check_time.ask(vault, alice, {"starts_at": "2026-11-25T09:00", "members": ["U-2", "U-3"]})
    assert [(one.member, one.kind) for one in asked] == [("U-2", "overlap"), ("U-2", "time_off")]


def test_two_people_moving_one_visit_see_it_and_lose_nothing(vault: Vault, alice: Actor) -> None:
    seen = place(vault, alice).version
    place(vault, alice, base_version=seen, starts_at=f"{TUESDAY}T11:00")
    with pytest.raises(Conflict) as caught:
        place(vault, alice, base_version=seen, starts_at=f"{TUESDAY}T14:00", members=["U-3"])
    assert caught.value.code == "changed_meanwhile"
    assert "now Tue Nov 24, 11:00 AM, Bob Tran. You wanted Tue Nov 24, 2:00 PM, Eve" in caught.value.message
    assert show_visit.ask(vault, alice, {"visit": "V-1"}).visit.local_start.hour == 11


def test_of_two_who_move_at_the_same_moment_one_is_told(vault: Vault, alice: Actor) -> None:
    seen = place(vault, alice).version

    def move(hour: int) -> str:
        try:
            return place(vault, alice, base_version=seen, starts_at=f"{TUESDAY}T{hour}:00").version
        except Conflict as problem:
            return problem.code

    with ThreadPoolExecutor(2) as both:
        outcomes = list(both.map(move, (11, 14)))
    assert outcomes.count("changed_meanwhile") == 1
    assert show_visit.ask(vault, alice, {"visit": "V-1"}).visit.local_start.hour in (11, 14)


def test_a_slot_taken_meanwhile_is_refused_with_the_next_free_one(vault: Vault, alice: Actor) -> None:
    do(vault, alice, book_job, client="C-2", title="Sink")
    given = {"job": "J-2", "starts_at": f"{TUESDAY}T09:30", "minutes": 60, "members": ["U-2"]}
    with pytest.raises(Conflict) as caught:
        do(vault, alice, book_slot, **given)
    assert caught.value.code == "slot_taken"
    assert (
        "Bob Tran also has V-1, 9:00 AM to 10:00 AM. Nothing was changed. Free next: " in caught.value.message
    )
    assert do(vault, alice, book_slot, **{**given, "members": ["U-3"]}).names == ["Eve"]


def test_several_are_moved_together_or_none(vault: Vault, alice: Actor) -> None:
    do(vault, alice, book_job, client="C-2", title="Sink", starts_at=f"{TUESDAY}T11:00", members=["U-2"])
    swap = [
        {"visit": "V-1", "starts_at": f"{TUESDAY}T11:00"},
        {"visit": "V-2", "starts_at": f"{TUESDAY}T09:00"},
    ]
    placed = do(vault, alice, place_visits, visits=swap, only_if_free=True).placed
    assert [one.local_start.hour for one in placed] == [11, 9]
    assert all(one.troubles == [] for one in placed)
    do(vault, alice, start_visit, visit="V-2")
    with pytest.raises(Conflict, match="already started"):
        do(vault, alice, place_visits, visits=swap)
    assert show_visit.ask(vault, alice, {"visit": "V-1"}).visit.local_start.hour == 11
    with pytest.raises(Invalid, match="placed once"):
        do(vault, alice, place_visits, visits=[swap[0], swap[0]])


def test_row_23_the_client_is_told_a_window_and_the_crew_keeps_the_slot(vault: Vault, alice: Actor) -> None:
    do(vault, alice, set_scheduling_rules, window_minutes=120)
    do(vault, alice, book_job, client="C-2", title="Sink", starts_at=f"{TUESDAY}T13:05", members=["U-3"])
    visit = show_visit.ask(vault, alice, {"visit": "V-2"}).visit
    assert visit.local_start.strftime("%H:%M") == "13:05"
    assert visit.local_window_start is not None and visit.local_window_end is not None
    assert (visit.local_window_start.hour, visit.local_window_end.hour) == (13, 15)
    inside = do(vault, alice, place_visit, visit="V-2", starts_at=f"{TUESDAY}T14:00")
    assert not inside.tell_client
    outside = do(vault, alice, place_visit, visit="V-2", starts_at=f"{TUESDAY}T16:00")
    assert outside.tell_client
    for minutes in (15, 240, 0):
        do(vault, alice, set_arrival_window, visit="V-2", minutes=minutes)
        visit = show_visit.ask(vault, alice, {"visit": "V-2"}).visit
        begins, ends = visit.local_window_start, visit.local_window_end
        length = (ends - begins).total_seconds() // 60 if begins is not None and ends is not None else 0
        assert length == minutes
    for wrong in (-15, 7, 255):
        with pytest.raises(Invalid):
            do(vault, alice, set_arrival_window, visit="V-2", minutes=wrong)


def test_row_25_the_best_three_slots_come_with_reasons_and_always_the_same(
    vault: Vault, alice: Actor
) -> None:
    asked = {"minutes": 60, "property": "P-2"}
    first = suggest_slots.ask(vault, alice, {**asked, "since": TUESDAY})
    assert len(first.slots) == 3
    best = first.slots[0]
    assert best.names == ["Bob Tran"]
    assert best.local_start.strftime("%a %H:%M") == "Tue 10:15"
    assert "after V-1, which ends 10:00 AM in the same ZIP code (39530)" in best.reasons
    assert best.score == sum(part.points for part in best.parts)
    assert [one.score for one in first.slots] == sorted((one.score for one in first.slots), reverse=True)
    assert suggest_slots.ask(vault, alice, {**asked, "since": TUESDAY}) == first


def test_a_place_on_the_map_is_nearer_than_its_postcode_says(vault: Vault, alice: Actor) -> None:
    for number, degrees in ((1, 30.4), (3, 30.405)):
        do(vault, alice, locate_property, property=f"P-{number}", latitude=degrees, longitude=-88.9)
    slots = suggest_slots.ask(vault, alice, {"property": "P-3", "since": TUESDAY}).slots
    assert slots[0].local_start.strftime("%H:%M") == "10:15"
    assert "after V-1, which ends 10:00 AM less than a mile away" in slots[0].reasons


def test_who_is_away_or_outside_the_area_is_not_suggested(vault: Vault, alice: Actor) -> None:
    do(vault, alice, add_day_exception, first_day=TUESDAY, last_day="2026-12-20", reason="closed")
    asked = {"since": TUESDAY, "until": "2026-12-10"}
    none = suggest_slots.ask(vault, alice, asked)
    assert (none.slots, none.none_because) == ([], "Nobody has 60 minutes free in these 17 days.")
    do(vault, alice, set_scheduling_rules, postcodes=["39530"])
    assert "outside your service area" in suggest_slots.ask(vault, alice, {"postcode": "10001"}).none_because


def test_the_week_of_a_person_goes_before_that_of_the_business(vault: Vault, alice: Actor) -> None:
    night = [{"weekday": "tue", "starts": "18:00", "ends": "00:00"}]
    do(vault, alice, set_week, member="U-3", week=night)
    lanes = list_lanes.ask(vault, alice, {"since": TUESDAY})
    assert [(one.name, one.stretches, one.booked_minutes) for one in lanes] == [
        ("Bob Tran", [(480, 1020)], 60),
        ("Eve", [(1080, 1440)], 0),
    ]
    both = {"members": ["U-2", "U-3"], "together": True, "since": TUESDAY, "until": TUESDAY}
    assert suggest_slots.ask(vault, alice, both).slots == []
    with pytest.raises(Invalid, match="overlap another"):
        do(vault, alice, set_week, week=night + night)


def test_row_25_who_lacks_a_skill_is_not_suggested(vault: Vault, alice: Actor) -> None:
    do(vault, alice, add_job_type, name="Gas line", skills=["Gas"])
    do(vault, alice, book_job, client="C-2", title="Gas line", job_type="JT-1")
    asked = {"job": "J-2", "since": TUESDAY}
    assert "does not have the skill “Gas”" in suggest_slots.ask(vault, alice, asked).none_because
    do(vault, alice, set_skills, member="U-3", skills=["Gas"])
    assert {tuple(one.names) for one in suggest_slots.ask(vault, alice, asked).slots} == {("Eve",)}

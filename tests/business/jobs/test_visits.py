"""Promises about planning visits and doing them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from opsystem.business.checklists.operations import add_checklist
from opsystem.business.clients.operations import add_client
from opsystem.business.jobs.operations import (
    assign_visit,
    book_job,
    cancel_job,
    cancel_visit,
    complete_job,
    finish_visit,
    move_visit,
    schedule_visit,
    start_visit,
    tick_item,
)
from opsystem.business.jobs.queries import list_jobs, list_visits, show_visit
from opsystem.business.team.operations import remove_member
from opsystem.kit.errors import Conflict, Invalid, NotFound
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business.digest import digest

NINE = "2026-11-24T09:00"


@pytest.fixture(autouse=True)
def booked(vault: Vault, alice: Actor, bob: Actor) -> None:
    """Bob goes to Ana's water heater on Tuesday at nine."""
    add_client.perform(vault, alice, {"name": "Ana Ruiz"})
    add_checklist.perform(vault, alice, {"name": "Heater", "items": ["Photo before", "Leak test"]})
    given = {"client": "C-1", "title": "Water heater", "starts_at": NINE, "checklist": "K-1"}
    book_job.perform(vault, alice, {**given, "members": [f"U-{bob.member_id}"]})


def test_a_visit_keeps_its_length_when_it_is_moved(vault: Vault, alice: Actor) -> None:
    move_visit.perform(vault, alice, {"visit": "V-1", "starts_at": "2026-11-25T13:00"})
    visit = show_visit.ask(vault, alice, {"visit": "V-1"}).visit
    assert (visit.local_start.isoformat(), visit.local_end.isoformat()) == (
        "2026-11-25T13:00:00-06:00",
        "2026-11-25T14:00:00-06:00",
    )
    move_visit.perform(vault, alice, {"visit": "V-1", "starts_at": "2026-11-25T13:00", "minutes": 30})
    assert show_visit.ask(vault, alice, {"visit": "V-1"}).visit.local_end.hour == 13


def test_moving_onto_another_visit_of_the_same_person_is_told(vault: Vault, alice: Actor) -> None:
    schedule_visit.perform(vault, alice, {"job": "J-1", "starts_at": "2026-11-25T09:00", "members": ["U-2"]})
    saved = move_visit.perform(vault, alice, {"visit": "V-2", "starts_at": "2026-11-24T09:30"}).value
    assert [(overlap.visit, overlap.member_name) for overlap in saved.overlaps] == [("V-1", "Bob Tran")]
    saved = assign_visit.perform(vault, alice, {"visit": "V-2", "members": ["U-1"]}).value
    assert saved.overlaps == []
    cancel_visit.perform(vault, alice, {"visit": "V-1"})
    saved = assign_visit.perform(vault, alice, {"visit": "V-2", "members": ["U-2"]}).value
    assert saved.overlaps == []


def test_exactly_the_named_people_go(vault: Vault, alice: Actor, bob: Actor) -> None:
    assign_visit.perform(vault, alice, {"visit": "V-1", "members": ["U-1", "U-2", "U-1"]})
    people = show_visit.ask(vault, alice, {"visit": "V-1"}).visit.assignees
    assert [person.name for person in people] == ["Alice Reyes", bob.name]
    assign_visit.perform(vault, alice, {"visit": "V-1", "members": []})
    assert show_visit.ask(vault, alice, {"visit": "V-1"}).visit.assignees == []


def test_whoever_left_the_team_is_not_sent(vault: Vault, alice: Actor) -> None:
    remove_member.perform(vault, alice, {"member": "U-2"})
    with pytest.raises(Invalid) as caught:
        assign_visit.perform(vault, alice, {"visit": "V-1", "members": ["U-2"]})
    assert caught.value.fields == {"members": "U-2 is not on the team."}


def test_bob_starts_finishes_and_ticks(vault: Vault, bob: Actor) -> None:
    at = datetime(2026, 11, 24, 15, 4, tzinfo=UTC)
    start_visit.perform(vault, bob, {"visit": "V-1"}, at=at)
    ticked = tick_item.perform(vault, bob, {"job": "J-1", "item": 1}, at=at).value
    assert (ticked.text, ticked.done_at, ticked.done_by) == ("Photo before", at, "Bob Tran")
    finish_visit.perform(vault, bob, {"visit": "V-1"})
    detail = show_visit.ask(vault, bob, {"visit": "V-1"})
    assert detail.visit.state == "finished"
    assert (detail.visit.started_at, detail.visit.started_by) == (at, "Bob Tran")
    assert [task.done_at for task in detail.tasks] == [at, None]


def test_a_tick_stays_whose_it_was_until_it_is_taken_away(vault: Vault, alice: Actor, bob: Actor) -> None:
    tick_item.perform(vault, bob, {"job": "J-1", "item": 2})
    assert tick_item.perform(vault, alice, {"job": "J-1", "item": 2}).value.done_by == "Bob Tran"
    unticked = tick_item.perform(vault, alice, {"job": "J-1", "item": 2, "done": False}).value
    assert (unticked.done_at, unticked.done_by) == (None, None)


def test_a_line_of_another_job_is_not_ticked_here(vault: Vault, alice: Actor) -> None:
    book_job.perform(vault, alice, {"client": "C-1", "title": "Faucet"})
    with pytest.raises(NotFound, match="no such line on the checklist of J-2"):
        tick_item.perform(vault, alice, {"job": "J-2", "item": 1})


def _started(vault: Vault, alice: Actor) -> None:
    start_visit.perform(vault, alice, {"visit": "V-1"})


def _finished(vault: Vault, alice: Actor) -> None:
    finish_visit.perform(vault, alice, {"visit": "V-1"})


def _cancelled(vault: Vault, alice: Actor) -> None:
    cancel_visit.perform(vault, alice, {"visit": "V-1"})


START = "V-1 was already started by Alice Reyes. Finish it instead."
FINISH = "V-1 was already finished by Alice Reyes."
CANCEL = "V-1 was cancelled by Alice Reyes."


@pytest.mark.parametrize(
    ("state", "refused", "sentence"),
    [
        (_started, (start_visit, move_visit, cancel_visit), START),
        (_finished, (start_visit, finish_visit, move_visit, cancel_visit, assign_visit), FINISH),
        (_cancelled, (start_visit, finish_visit, move_visit, cancel_visit, assign_visit), CANCEL),
    ],
)
def test_each_state_allows_what_makes_sense_in_it(
    vault: Vault, alice: Actor, state: Callable[[Vault, Actor], None], refused: Any, sentence: str
) -> None:
    state(vault, alice)
    before = digest(vault)
    more: dict[str, dict[str, Any]] = {
        "move_visit": {"starts_at": "2026-11-25T09:00"},
        "assign_visit": {"members": []},
    }
    for operation in refused:
        with pytest.raises(Conflict) as caught:
            operation.perform(vault, alice, {"visit": "V-1", **more.get(operation.name, {})})
        assert caught.value.message == sentence
    assert digest(vault) == before


def test_nothing_is_planned_or_ticked_on_a_job_that_is_over(vault: Vault, alice: Actor) -> None:
    cancel_job.perform(vault, alice, {"job": "J-1"})
    with pytest.raises(Conflict, match="J-1 was cancelled by Alice Reyes"):
        schedule_visit.perform(vault, alice, {"job": "J-1", "starts_at": NINE})
    with pytest.raises(Conflict):
        tick_item.perform(vault, alice, {"job": "J-1", "item": 1})
    book_job.perform(vault, alice, {"client": "C-1", "title": "Faucet"})
    complete_job.perform(vault, alice, {"job": "J-2"})
    with pytest.raises(Conflict, match="J-2 is already done"):
        schedule_visit.perform(vault, alice, {"job": "J-2", "starts_at": NINE})


def test_visits_are_listed_by_the_days_of_the_business(vault: Vault, alice: Actor) -> None:
    late = {"job": "J-1", "starts_at": "2026-11-24T23:30", "members": ["U-1"]}
    schedule_visit.perform(vault, alice, late)
    tuesday = {"since": "2026-11-24", "until": "2026-11-24"}

    def listed(**more: Any) -> list[str]:
        return [row.ref for row in list_visits.ask(vault, alice, {**tuesday, **more})]

    assert listed() == ["V-1", "V-2"]
    assert listed(member="U-2") == ["V-1"]
    assert listed(since="2026-11-25", until="2026-11-25") == []
    cancel_visit.perform(vault, alice, {"visit": "V-1"})
    assert listed() == ["V-2"]
    assert listed(include_cancelled=True) == ["V-1", "V-2"]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (("2026-11-24", "2026-11-23"), "The last day is before the first."),
        (("2026-01-01", "2028-01-01"), "Ask for at most 400 days."),
        (("0001-01-01", "0001-01-01"), "Ask for at most 400 days."),
        (("9999-12-31", "9999-12-31"), "Ask for at most 400 days."),
    ],
)
def test_days_that_make_no_sense_are_refused(
    vault: Vault, alice: Actor, days: tuple[str, str], sentence: str
) -> None:
    with pytest.raises(Invalid) as caught:
        list_visits.ask(vault, alice, {"since": days[0], "until": days[1]})
    assert caught.value.fields == {"until": sentence}


def test_the_next_visit_of_a_job_is_the_first_not_yet_over(vault: Vault, alice: Actor) -> None:
    schedule_visit.perform(vault, alice, {"job": "J-1", "starts_at": "2026-11-26T09:00"})

    def next_at(day: int) -> str | None:
        [row] = list_jobs.ask(vault, alice, at=datetime(2026, 11, day, 15, tzinfo=UTC)).rows
        return row.next_visit.ref if row.next_visit is not None else None

    assert next_at(24) == "V-1"
    assert next_at(25) == "V-2"
    assert next_at(28) == "V-2", "the last one left open"
    finish_visit.perform(vault, alice, {"visit": "V-2"})
    assert next_at(25) == "V-1"


def test_jobs_are_found_by_title_client_and_reference(vault: Vault, alice: Actor) -> None:
    book_job.perform(vault, alice, {"client": "C-1", "title": "100% faucet"})

    def found(text: str) -> list[str]:
        return [row.ref for row in list_jobs.ask(vault, alice, {"text": text}).rows]

    assert found("heater") == ["J-1"]
    assert found("ruiz") == ["J-2", "J-1"]
    assert found("j-2") == ["J-2"]
    assert found("0%") == ["J-2"]
    assert found("%") == ["J-2"]

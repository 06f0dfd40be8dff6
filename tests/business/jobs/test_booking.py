"""Promises about booking a job."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from opsystem.business.checklists.operations import add_checklist
from opsystem.business.clients.operations import add_client, add_property, archive_client
from opsystem.business.jobs.operations import book_job, cancel_job, complete_job, edit_job, start_visit
from opsystem.business.jobs.queries import list_jobs, list_visits, show_visit
from opsystem.business.overview.queries import show_job
from opsystem.business.profile.operations import edit_profile
from opsystem.kit.errors import Conflict, Invalid, NotFound, Problem
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business.digest import digest


@pytest.fixture(autouse=True)
def ana(vault: Vault, alice: Actor) -> str:
    """Ana with one property."""
    given = {"name": "Ana Ruiz", "street": "12 Oak St", "city": "Hurley"}
    return add_client.perform(vault, alice, given).value.ref


def _day(vault: Vault, actor: Actor, day: date) -> list[str]:
    return [row.ref for row in list_visits.ask(vault, actor, {"since": day, "until": day})]


def test_one_booking_makes_job_visit_people_and_tasks(vault: Vault, alice: Actor, bob: Actor) -> None:
    add_checklist.perform(vault, alice, {"name": "Heater", "items": ["Photo before", "Leak test"]})
    given = {
        "client": "C-1",
        "title": "Water heater",
        "starts_at": "2026-11-24T09:00",
        "minutes": 90,
        "members": ["U-2"],
        "notes": "50 gal, gas",
        "checklist": "K-1",
    }
    done = book_job.perform(vault, alice, given)
    assert (done.value.ref, done.value.visit, done.value.overlaps) == ("J-1", "V-1", [])
    page = show_job.ask(vault, bob, {"job": "J-1"})
    assert page.client.name == "Ana Ruiz"
    assert page.property is not None
    assert page.property.address == "12 Oak St, Hurley"
    assert [task.text for task in page.tasks] == ["Photo before", "Leak test"]
    [visit] = page.visits
    assert [person.name for person in visit.assignees] == ["Bob Tran"]
    assert visit.starts_at == datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    assert visit.local_end.isoformat() == "2026-11-24T10:30:00-06:00"
    with vault.reading() as session:
        sets = vault.schema.tables.change_set
        label = session.execute(sets.select().where(sets.c.id == done.change_set_id)).one().label
    assert label == "Booked J-1 “Water heater” for Ana Ruiz: Tue Nov 24, 9:00 AM, Bob Tran"


def test_a_job_can_wait_for_its_time(vault: Vault, alice: Actor) -> None:
    done = book_job.perform(vault, alice, {"client": "C-1", "title": "Faucet"})
    assert done.value.visit is None
    rows = list_jobs.ask(vault, alice, {"state": "unscheduled"}).rows
    assert [(row.title, row.state, row.next_visit) for row in rows] == [("Faucet", "unscheduled", None)]


@pytest.mark.parametrize(
    ("given", "utc"),
    [
        ("2026-11-24T09:00", datetime(2026, 11, 24, 15, 0, tzinfo=UTC)),
        ("2026-07-01T09:00", datetime(2026, 7, 1, 14, 0, tzinfo=UTC)),
        ("2026-11-24T09:00-08:00", datetime(2026, 11, 24, 17, 0, tzinfo=UTC)),
        ("2026-11-24T15:00:00Z", datetime(2026, 11, 24, 15, 0, tzinfo=UTC)),
    ],
)
def test_a_time_without_offset_is_the_wall_clock_of_the_business(
    vault: Vault, alice: Actor, given: str, utc: datetime
) -> None:
    book_job.perform(vault, alice, {"client": "C-1", "title": "Faucet", "starts_at": given})
    assert show_visit.ask(vault, alice, {"visit": "V-1"}).visit.starts_at == utc


def test_moving_the_business_moves_its_wall_clock_not_its_visits(vault: Vault, alice: Actor) -> None:
    book_job.perform(vault, alice, {"client": "C-1", "title": "Late", "starts_at": "2026-11-24T23:30"})
    assert _day(vault, alice, date(2026, 11, 24)) == ["V-1"]
    edit_profile.perform(vault, alice, {"zone": "America/New_York"})
    assert _day(vault, alice, date(2026, 11, 24)) == []
    assert _day(vault, alice, date(2026, 11, 25)) == ["V-1"]


def test_a_double_booking_is_allowed_and_told(vault: Vault, alice: Actor, bob: Actor) -> None:
    first = {"client": "C-1", "title": "Water heater", "starts_at": "2026-11-24T09:00", "members": ["U-2"]}
    book_job.perform(vault, alice, first)
    second = {"client": "C-1", "title": "Drain", "starts_at": "2026-11-24T09:59", "members": ["U-2", "U-1"]}
    [overlap] = book_job.perform(vault, alice, second).value.overlaps
    assert (overlap.member, overlap.member_name, overlap.visit) == ("U-2", bob.name, "V-1")
    third = {**second, "starts_at": "2026-11-24T11:00"}
    assert book_job.perform(vault, alice, third).value.overlaps == []


def test_the_property_is_taken_only_when_there_is_no_choice(vault: Vault, alice: Actor) -> None:
    book_job.perform(vault, alice, {"client": "C-1", "title": "One place"})
    add_property.perform(vault, alice, {"client": "C-1", "street": "14 Oak St", "city": "Hurley"})
    book_job.perform(vault, alice, {"client": "C-1", "title": "Two places"})
    book_job.perform(vault, alice, {"client": "C-1", "title": "The second", "property": "P-2"})
    places = {row.title: row.property for row in list_jobs.ask(vault, alice).rows}
    assert places == {"One place": "P-1", "Two places": None, "The second": "P-2"}


def test_a_property_of_somebody_else_is_refused_at_the_field(vault: Vault, alice: Actor) -> None:
    add_client.perform(vault, alice, {"name": "Zoe", "street": "9 Elm St", "city": "Hurley"})
    with pytest.raises(Invalid) as caught:
        book_job.perform(vault, alice, {"client": "C-1", "title": "Faucet", "property": "P-2"})
    assert caught.value.fields == {"property": "P-2 is not a property of Ana Ruiz."}
    book_job.perform(vault, alice, {"client": "C-1", "title": "Faucet"})
    with pytest.raises(Invalid):
        edit_job.perform(vault, alice, {"job": "J-1", "property": "P-2"})


def test_an_archived_client_is_not_booked(vault: Vault, alice: Actor) -> None:
    archive_client.perform(vault, alice, {"client": "C-1"})
    with pytest.raises(Conflict, match="Restore the client first"):
        book_job.perform(vault, alice, {"client": "C-1", "title": "Faucet"})


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"title": "  "}, "title", "This is needed."),
    ({"title": "x" * 121}, "title", "This may have at most 120 characters."),
    ({"client": "J-1"}, "client", "Give a reference like C-12."),
    ({"client": "Ana"}, "client", "Give a reference like C-12."),
    ({"starts_at": "tomorrow"}, "starts_at", "Give a date and a time."),
    ({"starts_at": "1926-11-24T09:00"}, "starts_at", "Give a date between 2000 and 2100."),
    ({"starts_at": "9999-12-31T23:59-12:00"}, "starts_at", "Give a date between 2000 and 2100."),
    ({"starts_at": "2026-11-24T09:00", "members": ["U-9"]}, "members", "U-9 is not on the team."),
    ({"members": ["U-1"]}, "starts_at", "Say when they should go, or leave the people out."),
    ({"minutes": "long"}, "minutes", "This must be a whole number."),
    ({"colour": "red"}, "colour", "This is not known here."),
]


@pytest.mark.parametrize(("given", "field", "sentence"), BAD)
def test_bad_input_is_answered_at_its_field(
    vault: Vault, alice: Actor, given: dict[str, Any], field: str, sentence: str
) -> None:
    before = digest(vault)
    with pytest.raises(Invalid) as caught:
        book_job.perform(vault, alice, {"client": "C-1", "title": "Faucet", **given})
    assert caught.value.fields == {field: sentence}
    assert digest(vault) == before


@pytest.mark.parametrize("missing", [{"client": "C-99"}, {"property": "P-99"}, {"checklist": "K-99"}])
def test_what_is_not_there_is_said_plainly(vault: Vault, alice: Actor, missing: dict[str, str]) -> None:
    before = digest(vault)
    with pytest.raises(NotFound, match="There is no such"):
        book_job.perform(vault, alice, {"client": "C-1", "title": "Faucet", **missing})
    assert digest(vault) == before


def test_a_job_ends_once(vault: Vault, alice: Actor) -> None:
    for title in ("Done", "Cancelled"):
        book_job.perform(vault, alice, {"client": "C-1", "title": title})
    complete_job.perform(vault, alice, {"job": "J-1"})
    cancel_job.perform(vault, alice, {"job": "J-2"})
    sentences = {"J-1": "J-1 is already done.", "J-2": "J-2 was cancelled by Alice Reyes."}
    for job, sentence in sentences.items():
        for end in (complete_job, cancel_job):
            with pytest.raises(Conflict) as caught:
                end.perform(vault, alice, {"job": job})
            assert caught.value.message == sentence
    assert [row.state for row in list_jobs.ask(vault, alice, {"state": "done"}).rows] == ["done"]
    assert [row.ref for row in list_jobs.ask(vault, alice, {"state": "cancelled"}).rows] == ["J-2"]
    assert list_jobs.ask(vault, alice).total == 0


def test_a_job_with_open_visits_is_completed_only_as_asked(vault: Vault, alice: Actor) -> None:
    given = {"client": "C-1", "title": "Faucet", "starts_at": "2026-11-24T09:00"}
    book_job.perform(vault, alice, given)
    with pytest.raises(Problem) as caught:
        complete_job.perform(vault, alice, {"job": "J-1"})
    assert caught.value.message == "V-1 on Tue Nov 24, 9:00 AM is still open. Finish or cancel it first."
    complete_job.perform(vault, alice, {"job": "J-1", "open_visits": "cancel"})
    assert show_visit.ask(vault, alice, {"visit": "V-1"}).visit.state == "cancelled"
    book_job.perform(vault, alice, given)
    start_visit.perform(vault, alice, {"visit": "V-2"})
    with pytest.raises(Conflict):
        complete_job.perform(vault, alice, {"job": "J-2", "open_visits": "cancel"})
    complete_job.perform(vault, alice, {"job": "J-2", "open_visits": "finish"})
    assert show_visit.ask(vault, alice, {"visit": "V-2"}).visit.state == "finished"


def test_cancelling_a_job_cancels_what_has_not_begun(vault: Vault, alice: Actor) -> None:
    given = {"client": "C-1", "title": "Faucet", "starts_at": "2026-11-24T09:00"}
    book_job.perform(vault, alice, given)
    cancel_job.perform(vault, alice, {"job": "J-1"})
    assert show_visit.ask(vault, alice, {"visit": "V-1"}).visit.cancelled_by == "Alice Reyes"
    book_job.perform(vault, alice, given)
    start_visit.perform(vault, alice, {"visit": "V-2"})
    with pytest.raises(Conflict, match="already started by Alice Reyes"):
        cancel_job.perform(vault, alice, {"job": "J-2"})

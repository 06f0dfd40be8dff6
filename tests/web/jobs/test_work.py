"""Bob's day: his own visits, the act at his thumb, and nothing that is not his to do."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opsystem.business.jobs.operations import book_job
from tests.control.people import new_person
from tests.lifecycle.office import browser_of
from tests.web.jobs.conftest import Crew

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f0001050101"
    "27182d6c0000000049454e44ae426082"
)


def test_my_day_has_the_next_visit_with_everything_to_get_there(crew: Crew) -> None:
    crew.book(hours=0.1)
    page = crew.page(browser=crew.bob_browser)
    for words in (
        "My day",
        "Your next visit",
        "Ana Ruiz",
        "18 Maple Ave",
        "Gate code 4411",
        "tel:+12285550111",
    ):
        assert words in page
    assert "Start visit" in page
    assert "Book a job" not in page


def test_an_empty_day_says_so_and_what_to_do(crew: Crew) -> None:
    assert "Nothing booked for you today." in crew.page(browser=crew.bob_browser)
    crew.do(book_job, client=crew.client, title="Sump pump")
    page = crew.page()
    assert "1 job waits for a time." in page
    assert "Plan jobs" in page


def test_bob_starts_ticks_notes_adds_a_photo_and_finishes(crew: Crew) -> None:
    crew.book(checklist=crew.checklist)
    bob = crew.bob_browser
    assert crew.send("visits/1/start", bob)["Location"] == crew.office.path("visits/1")
    assert "Finish visit" in crew.page("visits/1", bob)
    crew.send("jobs/1/checklist/1", bob, done="on")
    crew.send("jobs/1/checklist/2", bob, done="on")
    crew.send("jobs/1/checklist/2", bob, done="")
    crew.send("jobs/1/notes", bob, text="Drain pan was full")
    photo = SimpleUploadedFile("label.png", PIXEL, "image/png")
    answer = bob.post(
        crew.office.path("files/upload"), {"job": "1", "file": photo}, headers={"X-Upload": "1"}
    )
    assert answer.status_code == 204
    crew.send("visits/1/finish", bob)
    page = crew.page("visits/1", bob)
    for words in ("1 of 2", "Bob, Today", "Drain pan was full", "label.png", "Finished V-1"):
        assert words in page
    assert "Complete job" not in page
    assert "Complete job" in crew.page("visits/1")


def test_an_empty_note_is_not_added(crew: Crew) -> None:
    crew.book()
    crew.send("jobs/1/notes", text=" ")
    assert "Write the note first" in crew.page("jobs/1")


def test_ticking_with_htmx_answers_the_checklist_only(crew: Crew) -> None:
    crew.book(checklist=crew.checklist)
    answer = crew.alice_browser.get(
        crew.office.path("visits/1"), headers={"HX-Request": "true", "HX-Target": "div#tasks"}
    )
    assert "Shut off water" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_bob_does_not_find_the_visits_of_others(crew: Crew) -> None:
    crew.book("Alice's own", members=["U-1"])
    for rest in ("visits/1", "jobs/1"):
        assert crew.bob_browser.get(crew.office.path(rest)).status_code == 404
    for rest in ("", "schedule", "jobs"):
        assert "Alice&#39;s own" not in crew.page(rest, crew.bob_browser)
    assert crew.send("visits/1/start", crew.bob_browser).status_code == 404


@pytest.mark.parametrize(
    "rest",
    [
        "jobs/new",
        "jobs/1/edit",
        "jobs/1/completion",
        "jobs/1/cancellation",
        "jobs/1/visits/new",
        "visits/1/time",
        "visits/1/people",
        "visits/1/cancellation",
    ],
)
def test_planning_is_the_offices(crew: Crew, rest: str) -> None:
    crew.book()
    assert crew.send(rest, crew.bob_browser).status_code == 403
    assert crew.office.path(rest) not in crew.page("visits/1", crew.bob_browser)
    assert crew.office.path(rest) not in crew.page("jobs/1", crew.bob_browser)


def test_who_only_reads_is_offered_no_act(crew: Crew) -> None:
    crew.book(checklist=crew.checklist)
    rita = browser_of(crew.office.hire("Rita", "readonly"))
    for rest in ("jobs/1", "visits/1", "schedule", ""):
        page = crew.page(rest, rita)
        for word in ("Start visit", "Move", "Add note", "Book a job", "Schedule visit", "/checklist/"):
            assert word not in page, (rest, word)
    assert crew.send("visits/1/start", rita).status_code == 403


def test_carl_of_another_business_finds_nothing(crew: Crew) -> None:
    crew.book()
    carl = browser_of(new_person("Carl"))
    for rest in ("", "jobs", "jobs/1", "visits/1", "schedule"):
        assert carl.get(crew.office.path(rest)).status_code == 404
    assert crew.send("visits/1/finish", carl).status_code == 404

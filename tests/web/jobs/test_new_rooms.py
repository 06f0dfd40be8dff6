"""Requests, recurring work, hours, certificates, job types, helpers: each page opens, each form acts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from opsystem.business.checklists.operations import add_checklist
from opsystem.business.overview.queries import show_job
from opsystem.business.recurring.queries import list_series
from tests.web.jobs.conftest import Crew
from tests.web.jobs.test_work import PIXEL

PAGES = (
    "requests", "requests/new", "plans", "time", "time/new", "time/costs", "time/calendar", "certificates",
    "certificates/new", "team/2/skills", "settings/job-types", "settings/job-types/new", "jobs?state=asked",
    "jobs?state=on_hold", "jobs?state=to_bill", "jobs?state=recurring", "jobs?state=under_way",
)  # fmt: skip
LEAK: dict[str, Any] = {
    "title": "Leak",
    "name": "Ida Moss",
    "phone": "228 555 0177",
    "source": "phone",
    "wished": "Mornings",
}
WEEKLY: dict[str, Any] = {"at_time": "09:00", "minutes": "60", "every": "1", "unit": "week"}


def test_every_new_page_opens_empty(crew: Crew) -> None:
    for page in PAGES:
        crew.page(page)
    crew.page("time", crew.bob_browser)
    assert crew.bob_browser.get(crew.office.path("requests")).status_code == 403
    assert crew.bob_browser.get(crew.office.path("time/costs")).status_code == 403


def test_a_request_becomes_a_job_by_its_pages(crew: Crew) -> None:
    crew.send("requests/new", **LEAK)
    assert "Ida Moss" in crew.page("requests")
    assert "Plan assessment" in crew.page("requests/1")
    assert "This is needed." in crew.send("requests/new", title="", name="Ida").content.decode()
    tomorrow = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}"
    crew.send("requests/1/assessment", date=tomorrow, time="10:00", minutes="30", members=["2"])
    assert "A look at the work" in crew.page("visits/1")
    crew.send("requests/1/job", date="", time="", minutes="60")
    assert "Became a job" in crew.page("requests/1")
    crew.page("requests/1/refusal")


def test_a_job_rests_repeats_merges_and_is_shared(crew: Crew) -> None:
    crew.book()
    crew.book("Drain")
    crew.send("jobs/1/hold", reason="Waiting for the part")
    assert "On hold: Waiting for the part" in crew.page("jobs/1")
    crew.send("jobs/1/hold/end")
    day = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"
    crew.send("jobs/1/repeat", first_day=day, members=["2"], **WEEKLY)
    assert "Every week on" in crew.page("plans")
    assert "Change this and all after it" in crew.page("plans/1")
    for rest in ("plans/1/edit", "plans/1/pause", "jobs/1/repeat", "jobs/1/merging", "jobs/1/sharing"):
        crew.page(rest)
    crew.send("plans/1/edit", at_time="13:00", minutes="90", members=["2"])
    assert crew.office.vault is not None
    [series] = list_series.ask(crew.office.vault, crew.office.actor(crew.office.alice))
    assert (series.at_time, series.minutes) == ("13:00", 90)
    crew.send("plans/1/end")
    crew.send("jobs/2/merging", into="J-1")
    assert "Merged" in crew.page("jobs/2")
    crew.send("jobs/1/sharing", name="Sub Sam", days="7")
    page = crew.page("jobs/1/sharing")
    address = page[page.index("/shared/") :].split('"')[0].split("<")[0].strip()
    shown = Browser(SERVER_NAME="localhost").get(address)
    assert shown.status_code == 200
    words = shown.content.decode()
    assert "Water heater" in words
    assert "ends in 0111" in words
    assert "555" not in words
    assert "$" not in words
    crew.send("jobs/1/sharing/1/end")
    assert Browser(SERVER_NAME="localhost").get(address).status_code == 404


def test_bob_finishes_with_photos_a_note_and_what_the_checklist_asks_for(crew: Crew) -> None:
    lines = [
        {"text": "Pressure", "asks": "reading", "unit": "psi", "least": 40, "most": 80, "required": True}
    ]
    crew.do(add_checklist, name="Pressure", items=lines)
    crew.book(checklist="K-2")
    bob = crew.bob_browser
    assert "On my way" in crew.page("visits/1", bob)
    crew.send("visits/1/on-my-way", bob)
    crew.send("visits/1/start", bob)
    assert "Still missing: Pressure" in crew.page("visits/1", bob)
    photos = [SimpleUploadedFile(f"{one}.png", PIXEL) for one in "ab"]
    crew.send("visits/1/finish", bob, file=photos, text="All good")
    page = crew.page("visits/1", bob)
    assert "Your photos and note are kept." in page
    assert "All good" in page
    wrong = crew.send("jobs/1/checklist/1/answer", bob, answer="200")
    assert wrong.status_code == 422
    assert "must be 40 to 80 psi" in wrong.content.decode()
    crew.send("jobs/1/checklist/1/answer", bob, answer="61")
    crew.send("visits/1/finish", bob)
    done = show_job.ask(crew.office.vault, crew.office.actor(crew.office.alice), {"job": "J-1"})
    assert (done.visits[0].state, done.files, done.tasks[0].answer) == ("finished", 2, "61 psi")
    assert "Work" in crew.page("time", bob)

"""Alice books jobs, plans visits and is told who would be in two places at once."""

from __future__ import annotations

from typing import Any

from opsystem.business.jobs.operations import cancel_job, complete_job, finish_visit
from opsystem.business.overview.queries import show_job
from opsystem.business.overview.records import JobPage
from tests.web.jobs.conftest import ZONE, Crew


def job(crew: Crew, ref: str) -> JobPage:
    return show_job.ask(crew.office.vault, crew.office.actor(crew.office.alice), {"job": ref})


def test_a_job_is_booked_for_a_client_found_by_street(crew: Crew) -> None:
    assert "jobs/new?client=1" in crew.page("jobs/new?text=maple")
    assert "New client Nobody" in crew.page("jobs/new?text=Nobody")
    fields: dict[str, Any] = {
        "client": "1",
        "title": "Water heater",
        "date": "2027-01-14",
        "time": "09:30",
        "minutes": "150",
        "members": ["2"],
        "checklist": crew.checklist,
    }
    answer = crew.send("jobs/new", **fields)
    assert answer["Location"] == crew.office.path("jobs/1")
    page = crew.page("jobs/1")
    assert all(
        words in page for words in ("Booked J-1", "Thu, Jan 14, 2027", "Bob", "Gate code 4411", "0 of 2")
    )
    (visit,) = job(crew, "J-1").visits
    assert visit.starts_at.astimezone(ZONE).strftime("%H:%M") == "09:30"
    assert (visit.ends_at - visit.starts_at).total_seconds() == 150 * 60


def test_sending_the_form_twice_books_once(crew: Crew) -> None:
    fields: dict[str, Any] = {"client": "1", "title": "Sump pump", "minutes": "60", "request_id": "twice"}
    assert crew.send("jobs/new", **fields)["Location"] == crew.send("jobs/new", **fields)["Location"]
    assert crew.page("jobs?state=unscheduled").count("Sump pump") == 1


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_typed_twice(crew: Crew) -> None:
    answer = crew.send("jobs/new", client="1", title="Sump pump", date="2027-01-14", minutes="60")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say at what time." in page
    assert 'value="Sump pump"' in page
    nameless = crew.send("jobs/new", client="1", title=" ", minutes="60", members=["2"])
    assert 'value="2" checked' in nameless.content.decode()
    assert (
        "Give a day"
        in crew.send("jobs/new", client="1", title="x", date="soon", time="9", minutes="60").content.decode()
    )


def test_who_would_be_in_two_places_is_told_and_stays_marked(crew: Crew) -> None:
    crew.book("Water heater", starts_at="2027-01-14T08:00")
    crew.book("Faucet", starts_at="2027-01-14T08:30", members=[])
    answer = crew.send("visits/2/people", members=["2"])
    assert answer["Location"] == crew.office.path("visits/2")
    page = crew.page("visits/2")
    assert "Bob also has V-1 “Water heater”" in page
    assert "Overlap: Bob (V-1)" in page
    assert "Overlap: Bob (V-2)" in crew.page("schedule?week=2027-W02")
    crew.send("visits/2/time", date="2027-01-14", time="09:00", minutes="60")
    assert "Overlap" not in crew.page("visits/2")


def test_a_visit_is_moved_by_one_tap_and_cancelled(crew: Crew) -> None:
    crew.book(starts_at="2027-01-14T08:00")
    assert "Thu, Jan 21, 2027, 8:00 am" in crew.page("visits/1/time")
    crew.send("visits/1/time", date="2027-01-21", time="08:00")
    (visit,) = job(crew, "J-1").visits
    assert visit.starts_at.astimezone(ZONE).strftime("%m-%d %H:%M") == "01-21 08:00"
    assert (visit.ends_at - visit.starts_at).total_seconds() == 60 * 60
    crew.send("visits/1/cancellation")
    assert "Cancelled by Alice" in crew.page("visits/1")
    assert "No time yet" in crew.page("jobs/1")


def test_a_job_with_open_visits_asks_what_becomes_of_them(crew: Crew) -> None:
    crew.book()
    assert "What becomes of it" in crew.page("jobs/1/completion")
    crew.send("jobs/1/completion", open_visits="cancel")
    page = job(crew, "J-1")
    assert (page.job.state, page.visits[0].state) == ("done", "cancelled")
    assert "Water heater" in crew.page("jobs?state=done")


def test_a_refusal_leads_back_with_its_reason(crew: Crew) -> None:
    crew.book()
    crew.do(cancel_job, job="J-1")
    back = crew.office.path("jobs/1")
    answer = crew.alice_browser.post(
        crew.office.path("visits/1/start"), {}, headers={"referer": f"http://localhost{back}"}
    )
    assert answer["Location"] == back
    assert "was cancelled by Alice" in crew.page("jobs/1")


def test_each_tab_lists_its_jobs_and_the_search_keeps_to_it(crew: Crew) -> None:
    crew.book("Boiler check")
    crew.book("Boiler swap", starts_at=None, members=[])
    done = crew.book("Boiler flush")
    crew.do(finish_visit, visit=done.visit)
    crew.do(complete_job, job=done.ref)
    assert "Boiler swap" in crew.page("jobs?state=unscheduled&text=boiler")
    assert "Boiler check" not in crew.page("jobs?state=unscheduled&text=boiler")
    assert "Boiler flush" in crew.page("jobs?state=done&text=ana")
    assert "No job here has" in crew.page("jobs?state=done&text=sauna")
    fragment = crew.alice_browser.get(
        crew.office.path("jobs?text=boiler"), headers={"HX-Request": "true", "HX-Target": "div#job-rows"}
    ).content.decode()
    assert "Boiler check" in fragment
    assert "<html" not in fragment


def test_a_job_is_edited_and_its_history_knows_it(crew: Crew) -> None:
    crew.book("Water heter")
    crew.book("Something else")
    crew.send("jobs/1/edit", title="Water heater", notes="50 gallons", property="P-1")
    page = crew.page("jobs/1")
    assert "50 gallons" in page
    assert "edited J-1" in page
    assert "Booked J-2" not in page

"""The week: seven days from Monday, in the business's own zone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsystem.business.jobs.operations import book_job
from opsystem.web.schedule.week import monday_of, week_name
from tests.web.jobs.conftest import Crew

TODAY = date(2026, 11, 25)


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_the_name_of_a_week_leads_back_to_its_monday(day: date) -> None:
    monday = monday_of("", day)
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days < 7
    assert monday_of(week_name(monday), TODAY) == monday


@pytest.mark.parametrize("text", ["", "2026-W54", "2026-W00", "0000-W01", "9999-W52", "W48", "<script>"])
def test_what_is_no_week_is_this_week(text: str) -> None:
    assert monday_of(text, TODAY) == date(2026, 11, 23)


def test_a_late_visit_stands_on_the_day_it_is_where_the_business_is(crew: Crew) -> None:
    crew.book("Burst pipe", starts_at="2027-01-14T23:30")
    page = crew.page("schedule?week=2027-W02")
    thursday = page.partition('id="day-2027-01-14"')[2].partition("</section>")[0]
    assert "Burst pipe" in thursday
    assert "11:30 pm" in thursday
    assert "Jan 11\u201317, 2027" in page
    for neighbour in ("2027-W01", "2027-W03"):
        assert f"?week={neighbour}" in page
        assert "Burst pipe" not in crew.page(f"schedule?week={neighbour}")


def test_one_person_is_picked_and_jobs_without_a_time_are_at_hand(crew: Crew) -> None:
    crew.book("Bob's", starts_at="2027-01-14T09:00")
    crew.book("Alice's", starts_at="2027-01-14T09:00", members=["U-1"])
    crew.do(book_job, client=crew.client, title="Sump pump")
    page = crew.page("schedule?week=2027-W02&member=2")
    assert "Bob&#39;s" in page
    assert "Alice&#39;s" not in page
    assert "1 job without a time" in page
    assert crew.office.path("schedule/jobs/3") in page

"""Values look as people say them, in the business's own zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from opsystem.kit import clock
from opsystem.web import show

THURSDAY_TEN = datetime(2025, 11, 27, 16, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_mississippi() -> Iterator[None]:
    with timezone.override("America/Chicago"):
        yield


def at(hours: float) -> datetime:
    return clock.now() + timedelta(hours=hours)


def test_a_visit_shows_day_and_span_in_the_local_clock() -> None:
    assert show.span(THURSDAY_TEN, THURSDAY_TEN + timedelta(minutes=90)) == "Thu 10:00\u201311:30 am"
    assert show.hours(THURSDAY_TEN, THURSDAY_TEN + timedelta(hours=3)) == "10:00 am\u20131:00 pm"


def test_noon_and_midnight_are_twelve() -> None:
    noon = datetime(2025, 11, 27, 18, 5, tzinfo=UTC)
    assert show.time_of_day(noon) == "12:05 pm"
    assert show.time_of_day(noon + timedelta(hours=12)) == "12:05 am"


def test_near_days_have_names_and_far_ones_a_year() -> None:
    today = timezone.localtime(clock.now()).date()
    assert show.day(today) == "Today"
    assert show.day(today + timedelta(days=1)) == "Tomorrow"
    assert show.day(today - timedelta(days=1)) == "Yesterday"
    assert show.day(datetime(2019, 3, 4, 18, tzinfo=UTC)) == "Mon, Mar 4, 2019"
    assert show.when(datetime(2019, 3, 4, 18, tzinfo=UTC)) == "Mar 4 2019, 12:00 pm"
    in_three_days = clock.now() + timedelta(days=3)
    assert (
        show.when(in_three_days)
        == f"{timezone.localtime(in_three_days):%a} {show.time_of_day(in_three_days)}"
    )


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "just now"), (-0.09, "5 min ago"), (-3, "3 h ago"), (-50, "2 days ago"),
        (2.001, "in 2 h"), (24 * 6.01, "in 6 days"), (-24 * 100, "3 months ago"),
    ],
)  # fmt: skip
def test_distances_from_now_are_short(hours: float, words: str) -> None:
    assert show.ago(at(hours)) == words


def test_sizes_names_lanes_and_counts() -> None:
    assert [show.file_size(n) for n in (0, 640, 12_300, 3_400_000, 61_000_000, 2_000_000_000)] == [
        "0 B", "640 B", "12 KB", "3.4 MB", "61 MB", "2.0 GB",
    ]  # fmt: skip
    assert [show.initials(n) for n in ("Ana Maria Ruiz", "bob", "", "(none)")] == ["AR", "B", "?", "?"]
    assert {show.lane(n) for n in range(20)} == set(range(1, 9))
    assert show.lane("Ana") == show.lane("Ana")
    assert [show.plural(1, "job"), show.plural(1204, "reply", "replies")] == ["1 job", "1,204 replies"]
    assert [show.minutes(n) for n in (45, 60, 90)] == ["45 min", "1 h", "1 h 30 min"]


def test_a_moment_goes_into_an_input_and_an_attribute() -> None:
    assert show.local_input(THURSDAY_TEN) == "2025-11-27T10:00"
    assert show.iso(THURSDAY_TEN) == "2025-11-27T16:00:00+00:00"

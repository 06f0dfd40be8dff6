"""Promises about suggested slots: never over another visit, never outside the hours, always the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from opsystem.business.dispatch.diary import Busy
from opsystem.business.dispatch.gaps import gaps
from opsystem.business.dispatch.travel import OTHER_POSTCODE, SAME_POSTCODE, Spot, way
from opsystem.business.hours.stretches import Stretch, merged, without
from opsystem.business.hours.windows import window_after_move, window_from

SPOTS = st.builds(Spot, st.none() | st.integers(1, 3), st.sampled_from(["", "39530", "39501"]))
STRETCHES = st.lists(
    st.tuples(st.integers(0, 1440), st.integers(1, 600)).map(lambda at: (at[0], at[0] + at[1])), max_size=4
).map(merged)
VISITS = st.lists(
    st.tuples(st.integers(0, 1500), st.integers(1, 300), SPOTS).map(
        lambda at: Busy(at[0], at[0] + at[1], 1, at[2])
    ),
    max_size=8,
).map(lambda found: sorted(found, key=lambda one: one.start))


@settings(max_examples=400, deadline=None)
@given(STRETCHES, VISITS, SPOTS, st.integers(5, 300), st.integers(0, 1440))
def test_row_25_no_slot_overlaps_a_visit_leaves_the_hours_or_skips_the_way(
    stretches: list[Stretch], visits: list[Busy], spot: Spot, minutes: int, earliest: int
) -> None:
    found = list(gaps(stretches, visits, spot, minutes, earliest))
    assert found == list(gaps(stretches, visits, spot, minutes, earliest))
    for gap in found:
        for start in {gap.first, gap.last}:
            end = start + minutes
            assert start >= earliest
            assert start % 15 == 0
            assert without([(start, end)], stretches) == []
            assert all(visit.end <= start or end <= visit.start for visit in visits)
            if gap.before is not None:
                assert gap.before.end + way(gap.before.spot, spot).minutes <= start
            if gap.after is not None:
                assert end + way(spot, gap.after.spot).minutes <= gap.after.start


@given(STRETCHES, STRETCHES)
def test_what_is_cut_out_is_gone_and_the_rest_stays(stretches: list[Stretch], holes: list[Stretch]) -> None:
    def minutes(parts: list[Stretch]) -> set[int]:
        return {minute for start, end in parts for minute in range(start, end)}

    assert minutes(without(stretches, holes)) == minutes(stretches) - minutes(holes)


@given(st.integers(0, 10_000), st.integers(1, 16).map(lambda quarters: quarters * 15), st.integers(-300, 300))
def test_row_23_a_window_holds_its_visit_before_and_after_a_move(at: int, minutes: int, by: int) -> None:
    starts = datetime(2026, 11, 23, 15, tzinfo=UTC) + timedelta(minutes=at)
    window = window_from(starts, minutes)
    assert window is not None
    assert window[0] <= starts < window[1]
    moved = starts + timedelta(minutes=by)
    after = window_after_move(window, moved)
    assert after[0] is not None and after[1] is not None
    assert after[0] <= moved < after[1]
    assert after[1] - after[0] == timedelta(minutes=minutes)
    assert after == window or not window[0] <= moved < window[1]


def test_a_way_is_longer_to_another_postcode() -> None:
    near, far = Spot(1, "39530"), Spot(2, "39501")
    assert way(near, near).minutes == 0
    assert way(near, Spot(3, "39530")).minutes == SAME_POSTCODE
    assert way(near, far).minutes == OTHER_POSTCODE

"""Promises about the arithmetic of lines: to the cent, and parts always sum."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsystem.business.lines import (
    Discount,
    Line,
    Rate,
    allocate,
    divide_half_up,
    gross_cents,
    line_cents,
    totals,
)
from opsystem.kit.errors import Invalid

LINES = st.lists(
    st.builds(
        Line,
        description=st.just("Work"),
        unit_cents=st.integers(0, 5_000_000),
        quantity_milli=st.integers(1, 50_000),
        taxable=st.booleans(),
        discount_milli_percent=st.sampled_from([0, 0, 5_000, 33_333, 100_000]),
    ),
    max_size=12,
)
DISCOUNTS = st.one_of(
    st.none(),
    st.builds(Discount, cents=st.integers(0, 10_000_000)),
    st.builds(Discount, milli_percent=st.integers(0, 100_000)),
)
RATES = st.lists(st.builds(Rate, name=st.just("Tax"), milli_percent=st.integers(0, 30_000)), max_size=4)


def test_a_half_cent_is_rounded_up() -> None:
    assert line_cents(Line("Pipe", unit_cents=333, quantity_milli=1_500)) == 500
    assert gross_cents(Line("Pipe", unit_cents=1, quantity_milli=499)) == 0
    assert divide_half_up(-5, 10) == -1


def test_a_discount_of_a_line_is_taken_off_that_line() -> None:
    assert line_cents(Line("Pipe", unit_cents=1_000, discount_milli_percent=12_500)) == 875
    assert line_cents(Line("Pipe", unit_cents=1_000, discount_cents=2_000)) == 0


def test_tax_is_taken_of_what_is_taxable_after_discount_and_rounded_once() -> None:
    lines = [
        Line("Heater", unit_cents=100_000, taxable=True),
        Line("Labor", unit_cents=50_000),
    ]
    sums = totals(lines, Discount(milli_percent=10_000), [Rate("State", 5_000), Rate("County", 500)])
    assert (sums.subtotal, sums.discount, sums.taxable) == (150_000, 15_000, 90_000)
    assert [tax.cents for tax in sums.taxes] == [4_500, 450]
    assert sums.total == 139_950


def test_amount_and_percentage_at_once_are_refused() -> None:
    with pytest.raises(Invalid, match="not both"):
        totals([Line("Pipe", unit_cents=100)], Discount(cents=1, milli_percent=1))


def test_sharing_nothing_out_gives_nothing() -> None:
    assert allocate(100, []) == []
    assert allocate(100, [0, 0]) == [100, 0]
    assert allocate(100, [1, 1, 1]) == [34, 33, 33]


@settings(max_examples=200, deadline=None)
@given(lines=LINES, discount=DISCOUNTS, rates=RATES)
def test_the_parts_of_a_document_sum_to_its_total(
    lines: list[Line], discount: Discount | None, rates: list[Rate]
) -> None:
    sums = totals(lines, discount, rates)
    assert sum(sums.nets) == sums.net
    assert all(0 <= net <= line_cents(line) for net, line in zip(sums.nets, lines, strict=True))
    assert sums.total == sums.net + sums.tax
    for tax in sums.taxes:
        exact = Fraction(sums.taxable * tax.rate.milli_percent, 100_000)
        assert abs(tax.cents - exact) <= Fraction(1, 2)

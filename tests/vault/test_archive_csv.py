"""A table reads back exactly and no cell of it is a formula."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsystem.vault.archives.csv_cells import Cell, cell_text, csv_pieces, text_of_cell

texts = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.text("=+-@'\t\r\n\",;1.x", max_size=6),
)


def read_back(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@given(rows=st.lists(st.lists(texts, min_size=3, max_size=3), max_size=20))
def test_any_text_reads_back_equal_and_is_no_formula(rows: list[list[str]]) -> None:
    data = b"".join(csv_pieces(["one", "two", "=three"], rows))
    found = read_back(data)
    assert [[text_of_cell(cell) for cell in row] for row in found] == [["one", "two", "=three"], *rows]
    for cell in (cell for row in found for cell in row):
        if cell.startswith(("=", "@", "\t", "\r", "\n")):
            pytest.fail("a formula")
        if cell.startswith(("+", "-")):
            assert float(cell.replace(",", ".")) is not None


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+1+1", "'+1+1"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("\uff1d1", "'\uff1d1"),
        ("'=1", "''=1"),
        ("-", "'-"),
        ("- call first", "'- call first"),
        ("+13125550100", "+13125550100"),
        ("-12.50", "-12.50"),
        ("-12,50", "-12,50"),
        ("+1 (312) 555-0100", "'+1 (312) 555-0100"),
        ("-1e5", "'-1e5"),
        ("٣", "٣"),
        ("-٣", "'-٣"),
        ("O'Brien", "O'Brien"),
        ("'tis", "'tis"),
        ("", ""),
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (-5, "-5"),
        (Decimal("-12.50"), "-12.50"),
        (-1e-7, "-1e-07"),
        (date(2026, 3, 4), "2026-03-04"),
        (datetime(2026, 3, 4, 5, 6, tzinfo=UTC), "2026-03-04T05:06:00+00:00"),
    ],
)
def test_a_value_stands_as_a_spreadsheet_may_take_it(value: Cell, cell: str) -> None:
    assert cell_text(value) == cell
    if isinstance(value, str):
        assert text_of_cell(cell) == value


def test_the_file_says_its_encoding_and_ends_its_lines_by_the_rule() -> None:
    data = b"".join(csv_pieces(["name", "note"], [["Zoë", 'said "hi",\nthen left']]))
    assert data == '\ufeffname,note\r\nZoë,"said ""hi"",\nthen left"\r\n'.encode()


def test_a_long_table_comes_in_pieces() -> None:
    pieces = list(csv_pieces(["n"], ([number] for number in range(100_000))))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 80_000
    assert len(read_back(b"".join(pieces))) == 100_001

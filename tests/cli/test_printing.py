"""What commands print for people."""

from __future__ import annotations

from opsystem.cli.printing import as_text


def test_records_are_a_table_with_a_column_for_every_name() -> None:
    rows = [{"vault": "a1", "opens": True}, {"vault": "b22", "opens": False, "problem": "damaged"}]
    assert as_text(rows).splitlines() == ["vault  opens  problem", "a1     yes", "b22    no     damaged"]


def test_one_record_is_a_line_a_field_and_nothing_is_said_to_be_none() -> None:
    assert as_text({"id": 7, "places": ["x", "y"]}) == "id      7\nplaces  x, y"
    assert as_text([]) == "none"

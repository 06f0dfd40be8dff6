"""The demo notices samples that were made for other tables."""

from __future__ import annotations

from pathlib import Path

from demo.shape import is_of_another_shape, shape


def test_samples_of_other_tables_are_noticed_and_those_of_today_kept(tmp_path: Path) -> None:
    assert not is_of_another_shape(tmp_path)
    (tmp_path / "filled").write_text(shape())
    assert not is_of_another_shape(tmp_path)
    (tmp_path / "filled").write_text("")
    assert is_of_another_shape(tmp_path)


def test_another_column_is_another_shape(tmp_path: Path) -> None:
    (tmp_path / "jobs").mkdir()
    table = tmp_path / "jobs" / "models.py"
    table.write_text("class Job: pass")
    before = shape(tmp_path)
    table.write_text("class Job: title: str")
    assert shape(tmp_path) != before

"""Strangers' files are decoded in a process of their own, which may fall without harm."""

from __future__ import annotations

import io
import sys

import pytest

from opsystem.business.files import previews
from opsystem.business.files.studio import Studio, Undevelopable
from opsystem.kit.errors import Unavailable
from tests.business.files import samples


def _make(studio: Studio, content: bytes, media_type: str = "image/jpeg") -> tuple[int, int]:
    made = studio.make(io.BytesIO(content), media_type, len(content))
    return made.width, made.height


def test_one_darkroom_serves_many_files_also_after_a_bad_one() -> None:
    with Studio() as studio:
        assert _make(studio, samples.jpeg_with_position()) == (400, 300)
        first = studio.number
        with pytest.raises(Undevelopable, match="damaged"):
            _make(studio, b"\xff\xd8\xff nothing")
        assert _make(studio, samples.pdf(), "application/pdf")[1] == 1600
        assert studio.number == first


def test_a_file_that_takes_too_long_is_let_go() -> None:
    with Studio(seconds=0) as studio, pytest.raises(Unavailable):
        _make(studio, samples.jpeg_with_position())


def test_a_file_without_end_is_not_even_sent() -> None:
    with Studio() as studio:
        with pytest.raises(Undevelopable, match="too large"):
            studio.make(io.BytesIO(), "image/jpeg", 500_000_000)
        assert studio.number is None


def test_a_file_cut_off_on_the_way_leaves_no_darkroom_waiting() -> None:
    with Studio(seconds=2) as studio:
        with pytest.raises(Unavailable):
            studio.make(io.BytesIO(b"\xff\xd8\xff"), "image/jpeg", 1000)
        assert _make(studio, samples.jpeg_with_position()) == (400, 300)


def test_a_fallen_darkroom_is_begun_again() -> None:
    with Studio() as studio:
        _make(studio, samples.jpeg_with_position())
        first = studio.number
        studio.close()
        assert studio.number is None
        assert _make(studio, samples.jpeg_with_position()) == (400, 300)
        assert studio.number != first


def test_who_holds_the_keys_never_loads_a_decoder() -> None:
    assert previews.__name__ in sys.modules
    assert "opsystem.business.files.pictures" not in sys.modules

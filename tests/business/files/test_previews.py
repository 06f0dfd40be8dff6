"""Previews are made anew from the pixels: nothing of the original but what is to be seen."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest
from PIL import Image

from opsystem.business.files.models import Preview
from opsystem.business.files.previews import make_due_previews
from opsystem.business.files.queries import open_file, show_file
from opsystem.business.files.records import FileDetail
from opsystem.kit import clock
from opsystem.kit.errors import NotFound
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business.files import samples
from tests.business.files.test_files import add


def _soon() -> datetime:
    return clock.now() + timedelta(seconds=1)


def _made(vault: Vault, actor: Actor, content: bytes, name: str = "x") -> FileDetail:
    ref = add(vault, actor, content, name)
    make_due_previews(vault, _soon())
    return show_file.ask(vault, actor, {"file": ref})


def _image(vault: Vault, content_id: str | None) -> Image.Image:
    with vault.files.open(content_id or "") as stored:
        image = Image.open(io.BytesIO(stored.read()))
    image.load()
    return image


def _colour(vault: Vault, content_id: str | None, x: int, y: int) -> str:
    red, _, blue = _image(vault, content_id).convert("RGB").crop((x, y, x + 1, y + 1)).tobytes()
    return "red" if red > blue + 100 else "blue" if blue > red + 100 else "other"


def test_a_photo_gets_two_sizes_without_its_position(vault: Vault, alice: Actor) -> None:
    told = _made(vault, alice, samples.jpeg_with_position())
    assert (told.preview, told.width, told.height, told.problem) == ("ready", 400, 300, None)
    small, large = _image(vault, told.small_id), _image(vault, told.large_id)
    assert (small.size, large.size) == ((320, 240), (400, 300))
    for image in (small, large):
        assert image.format == "JPEG"
        assert not image.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(image.info)
    with vault.files.open(told.content_id) as original:
        assert b"Exif" in original.read()


def test_a_photo_taken_sideways_stands_upright(vault: Vault, alice: Actor) -> None:
    told = _made(vault, alice, samples.jpeg_with_position(orientation=6))
    assert (told.width, told.height) == (300, 400)
    assert _colour(vault, told.large_id, 150, 20) == "red"


def test_every_usual_form_of_picture_gets_a_preview(vault: Vault, alice: Actor) -> None:
    forms = ("PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP")
    refs = [add(vault, alice, samples.as_bytes(samples.picture(2000, 1000), form)) for form in forms]
    assert make_due_previews(vault, _soon()) is None
    told = [show_file.ask(vault, alice, {"file": ref}) for ref in refs]
    assert [(file.preview, file.width, file.height) for file in told] == [("ready", 1600, 800)] * len(forms)
    assert {_colour(vault, file.small_id, 40, 40) for file in told} == {"red"}


def test_a_photo_of_an_iphone_gets_a_preview(vault: Vault, alice: Actor) -> None:
    told = _made(vault, alice, samples.heic(), "IMG_0001.HEIC")
    assert (told.media_type, told.preview, told.width, told.height) == ("image/heic", "ready", 640, 480)
    given = open_file.ask(vault, alice, {"file": told.ref, "size": "large"})
    assert (given.media_type, given.inline, given.name) == ("image/jpeg", True, "IMG_0001.jpg")


def test_what_is_transparent_is_white(vault: Vault, alice: Actor) -> None:
    told = _made(vault, alice, samples.as_bytes(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"))
    assert _image(vault, told.small_id).getpixel((25, 25)) == (255, 255, 255)


def test_a_pdf_shows_its_first_page(vault: Vault, alice: Actor) -> None:
    told = _made(vault, alice, samples.pdf())
    assert (told.media_type, told.is_photo, told.preview) == ("application/pdf", False, "ready")
    assert max(told.width or 0, told.height or 0) == 1600
    assert min(_image(vault, told.large_id).convert("L").tobytes()) < 100


HOSTILE = (
    (samples.jpeg_with_position()[:900], "damaged"),
    (samples.as_bytes(samples.picture(), "PNG")[:200], "damaged"),
    (samples.heic()[:400], "damaged"),
    (samples.as_bytes(samples.picture(), "AVIF")[:-60] + bytes(60), "damaged"),
    (samples.bomb_png(), "too many pixels"),
    (b"\xff\xd8\xff" + samples.HTML, "damaged"),
    (b"GIF89a" + bytes(20), "damaged"),
    (samples.EMPTY_PDF, "PDF"),
    (samples.PDF_WITHOUT_PAGES, "PDF"),
    (b"%PDF-1.7 and nothing else", "PDF"),
)


def test_hostile_and_broken_files_are_kept_and_their_problems_told(vault: Vault, alice: Actor) -> None:
    refs = [add(vault, alice, content) for content, _ in HOSTILE]
    assert make_due_previews(vault, _soon()) is None
    for ref, (content, words) in zip(refs, HOSTILE, strict=True):
        told = show_file.ask(vault, alice, {"file": ref})
        assert told.preview == "failed"
        assert words in (told.problem or "")
        with pytest.raises(NotFound):
            open_file.ask(vault, alice, {"file": ref, "size": "small"})
        with vault.files.open(told.content_id) as original:
            assert original.read() == content


def test_a_file_without_a_face_waits_for_nothing(vault: Vault, alice: Actor) -> None:
    told = _made(vault, alice, b"Gate code 4471")
    assert (told.preview, told.problem) == ("none", None)
    assert make_due_previews(vault, _soon()) is None


def test_previews_come_in_turns(vault: Vault, alice: Actor) -> None:
    for number in range(3):
        add(vault, alice, samples.as_bytes(samples.picture(100 + number, 100), "PNG"))
    assert make_due_previews(vault, _soon(), most=2) is not None
    assert make_due_previews(vault, _soon(), most=2) is None


def test_what_brings_the_worker_down_is_tried_three_times(vault: Vault, alice: Actor) -> None:
    """The count is written before the try, so a worker that died leaves it behind."""
    ref = add(vault, alice, samples.jpeg_with_position())
    with vault.mechanics() as session:
        preview = session.get_one(Preview, 1)
        preview.tries = 3
    assert make_due_previews(vault, _soon()) is None
    told = show_file.ask(vault, alice, {"file": ref})
    assert (told.preview, told.problem) == ("failed", "No preview could be made of this file.")


def test_a_missing_content_is_said_so(vault: Vault, alice: Actor) -> None:
    ref = add(vault, alice, samples.jpeg_with_position())
    vault.files.remove(show_file.ask(vault, alice, {"file": ref}).content_id)
    make_due_previews(vault, _soon())
    assert show_file.ask(vault, alice, {"file": ref}).problem == "The file's content is missing."

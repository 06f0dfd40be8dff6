"""What a file is, its bytes say: names and claims count for nothing."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsystem.business.files.serving import serving
from opsystem.business.files.sniffing import HEAD, sniff
from tests.business.files import samples


def _zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


_OFFICE = "application/vnd.openxmlformats-officedocument"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (samples.jpeg_with_position(), "image/jpeg"),
        (samples.as_bytes(samples.picture(), "PNG"), "image/png"),
        (samples.as_bytes(samples.picture(), "GIF"), "image/gif"),
        (samples.as_bytes(samples.picture(), "WEBP"), "image/webp"),
        (samples.as_bytes(samples.picture(), "AVIF"), "image/avif"),
        (samples.as_bytes(samples.picture(), "TIFF"), "image/tiff"),
        (samples.as_bytes(samples.picture(), "BMP"), "image/bmp"),
        (samples.heic(), "image/heic"),
        (samples.pdf(), "application/pdf"),
        (b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ", "video/quicktime"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "video/mp4"),
        (
            _zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"),
            f"{_OFFICE}.wordprocessingml.document",
        ),
        (_zipped("[Content_Types].xml", "xl/workbook.xml"), f"{_OFFICE}.spreadsheetml.sheet"),
        (_zipped("notes.txt"), "application/zip"),
        (b"Gate code 4471\n", "text/plain"),
        ("Größe, 数量".encode(), "text/plain"),
        (b"", "text/plain"),
        (samples.HTML, "text/html"),
        (b"\xef\xbb\xbf  <HTML><body>", "text/html"),
        (samples.SVG, "image/svg+xml"),
        (b"\x7fELF\x02\x01\x01\x00", "application/octet-stream"),
        (b"MZ\x90\x00\x03", "application/octet-stream"),
        (b"\x00" * 100, "application/octet-stream"),
    ],
)
def test_bytes_say_what_they_are(content: bytes, media_type: str) -> None:
    assert sniff(content[:HEAD]) == media_type


@given(st.binary(max_size=300))
def test_anything_at_all_is_something(content: bytes) -> None:
    assert "/" in sniff(content)


@given(st.binary(max_size=60))
def test_what_begins_like_a_page_is_never_shown_as_one(rest: bytes) -> None:
    assert not serving(sniff(b"<html>" + rest)).inline or b"<html" not in sniff(b"<html>" + rest).encode()


@pytest.mark.parametrize(
    "media_type", ["text/html", "image/svg+xml", "application/x-ole-storage", "what/ever"]
)
def test_what_could_run_is_saved_and_never_shown(media_type: str) -> None:
    how = serving(media_type)
    assert (how.inline, how.disposition, how.content_type) == (
        False,
        "attachment",
        "application/octet-stream",
    )


@pytest.mark.parametrize("media_type", ["image/jpeg", "application/pdf", "video/mp4"])
def test_what_is_safe_is_shown_in_place(media_type: str) -> None:
    assert serving(media_type).disposition == "inline"


def test_text_is_shown_as_text_only() -> None:
    assert serving("text/plain").content_type == "text/plain; charset=utf-8"

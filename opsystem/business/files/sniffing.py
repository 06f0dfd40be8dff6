"""What a file is, found from its own bytes. Names and claims of a sender count for nothing.

Signatures: the formats' own specifications (PNG, GIF, RIFF/WebP, ISO base media file format for
MP4, MOV, HEIC and AVIF, PDF 32000, PKZIP, Ogg, Matroska).
"""

from __future__ import annotations

import re

HEAD = 8192

JPEG, PNG, GIF, WEBP = "image/jpeg", "image/png", "image/gif", "image/webp"
HEIC, AVIF, TIFF, BMP = "image/heic", "image/avif", "image/tiff", "image/bmp"
PDF, TEXT, HTML, SVG = "application/pdf", "text/plain", "text/html", "image/svg+xml"
UNKNOWN = "application/octet-stream"

PHOTOS = frozenset({JPEG, PNG, GIF, WEBP, HEIC, AVIF, TIFF, BMP})
# What a preview can be made of, and what a preview is.
PREVIEWED = PHOTOS | {PDF}
MADE_TYPE = JPEG

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"BM", BMP),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_BRANDS = {
    b"avif": AVIF,
    b"avis": AVIF,
    b"heic": HEIC,
    b"heix": HEIC,
    b"heim": HEIC,
    b"heis": HEIC,
    b"hevc": HEIC,
    b"mif1": HEIC,
    b"msf1": HEIC,
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"3gp4": "video/3gpp",
    b"3gp5": "video/3gpp",
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"word/", _OFFICE + "wordprocessingml.document"),
    (b"xl/", _OFFICE + "spreadsheetml.sheet"),
    (b"ppt/", _OFFICE + "presentationml.presentation"),
)
_OPEN_DOCUMENT = re.compile(rb"mimetype(application/vnd\.oasis\.opendocument\.[a-z-]{4,20})")
_MARKUP = re.compile(
    rb"<(!doctype\s+html|html|head|body|script|iframe|title|meta|form|table|a\s)", re.IGNORECASE
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(head: bytes) -> str:
    """Return the media type of a file from its first `HEAD` bytes."""
    for beginning, media_type in _BEGINNINGS:
        if head.startswith(beginning):
            return media_type
    for look in (_riff, _boxes, _zip, _portable_document, _words):
        found = look(head)
        if found is not None:
            return found
    return UNKNOWN


def _riff(head: bytes) -> str | None:
    if head[:4] != b"RIFF":
        return None
    return {b"WEBP": WEBP, b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}.get(head[8:12])


def _boxes(head: bytes) -> str | None:
    """ISO base media: the first box names a brand and those it is compatible with."""
    if head[4:8] != b"ftyp":
        return None
    end = min(int.from_bytes(head[:4], "big"), len(head), 256)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]
    for brand in brands:
        if brand in _BRANDS:
            # HEIF's general brands come first in AVIF files too.
            return AVIF if b"avif" in brands and _BRANDS[brand] == HEIC else _BRANDS[brand]
    return "video/mp4"


def _zip(head: bytes) -> str | None:
    if head[:4] not in {b"PK\x03\x04", b"PK\x05\x06"}:
        return None
    document = _OPEN_DOCUMENT.search(head[30:120])
    if document is not None:
        return document[1].decode()
    if b"[Content_Types].xml" in head or b"_rels/.rels" in head:
        for place, media_type in _ZIPPED:
            if place in head:
                return media_type
    return "application/zip"


def _portable_document(head: bytes) -> str | None:
    # Readers accept some bytes before the header; so do those who send scans.
    return PDF if b"%PDF-" in head[:1024] else None


def _words(head: bytes) -> str | None:
    if _CONTROL.search(head):
        return None
    try:
        head.decode()
    except UnicodeDecodeError as error:
        # A character may be cut in two where the head ends.
        if error.start < len(head) - 3 or len(head) < HEAD:
            return None
    if not head.strip():
        return TEXT
    beginning = head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if beginning.startswith(b"<") and b"<svg" in beginning.lower():
        return SVG
    return HTML if _MARKUP.search(head[:4096]) else TEXT

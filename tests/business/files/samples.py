"""Files as people and attackers send them, made here."""

from __future__ import annotations

import io
import struct
import zlib

import fpdf
import pillow_heif
from PIL import Image

_GPS = 0x8825
_ORIENTATION = 0x0112


def picture(width: int = 400, height: int = 300) -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


def as_bytes(image: Image.Image, form: str, **how: object) -> bytes:
    """Return an encoded picture."""
    target = io.BytesIO()
    image.save(target, form, **how)
    return target.getvalue()


def jpeg_with_position(orientation: int = 1) -> bytes:
    """Return a photo as a phone writes it: with its position, and perhaps lying on its side."""
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    gps = exif.get_ifd(_GPS)
    gps[1], gps[2] = "N", (30.0, 39.0, 12.0)
    gps[3], gps[4] = "W", (88.0, 31.0, 5.0)
    return as_bytes(picture(), "JPEG", exif=exif, comment=b"secret comment")


def heic() -> bytes:
    """Return a real HEIC photo, as an iPhone makes it."""
    target = io.BytesIO()
    pillow_heif.from_pillow(picture(640, 480)).save(target, quality=60)
    return target.getvalue()


def pdf(words: str = "Invoice 41") -> bytes:
    """Return a PDF of one page."""
    document = fpdf.FPDF()
    document.add_page()
    document.set_font("Helvetica", size=40)
    document.cell(text=words)
    return bytes(document.output())


def bomb_png(side: int = 40_000) -> bytes:
    """Return a small PNG that says it is `side` pixels wide and high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(side // 8 + 1) * 2000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


HTML = b"<!DOCTYPE html><html><script>fetch('/b/1/clients')</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EMPTY_PDF = b"%PDF-1.7\n%%EOF\n"
PDF_WITHOUT_PAGES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)

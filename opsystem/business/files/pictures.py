"""Turning what somebody sent into pictures that are safe to show. Only the darkroom imports this.

Everything is decoded and encoded anew, so that no metadata (a photo's position), no second
content and no trick of the original reaches a page. Limits stop files made to exhaust memory.
"""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass
from typing import BinaryIO

import pillow_heif
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from opsystem.business.files.sniffing import AVIF, BMP, GIF, HEIC, JPEG, PDF, PNG, TIFF, WEBP

SMALL, LARGE = 320, 1600
# The decoder named by the sniffed type is the only one that is tried.
_FORMATS = {
    JPEG: "JPEG",
    PNG: "PNG",
    GIF: "GIF",
    WEBP: "WEBP",
    HEIC: "HEIF",
    AVIF: "AVIF",
    TIFF: "TIFF",
    BMP: "BMP",
}
# Phones make up to 50 million pixels in everyday use; a JPEG is decoded at a fraction of its size.
_MOST_PIXELS = 50_000_000
_MOST_JPEG_PIXELS = 130_000_000
_PDF_POINTS = 14_400  # the largest page side the PDF format knows, in points
_QUALITY = 82
# What the decoders raise on damaged files, found by changing bytes of good ones at random.
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    TypeError,
    SyntaxError,
    EOFError,
    RuntimeError,
    LookupError,
    ArithmeticError,
    struct.error,
)
_PLAIN = frozenset({"RGB", "RGBA", "L", "LA"})

pillow_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = _MOST_JPEG_PIXELS


class PictureError(Exception):
    """No preview can be made of this; the message says why, in words for people."""


@dataclass(frozen=True)
class Pictures:
    """The two sizes of a preview as JPEG bytes, and the large one's pixels."""

    small: bytes
    large: bytes
    width: int
    height: int


def make_pictures(stream: BinaryIO, media_type: str) -> Pictures:
    """Return the preview of a file. Raises PictureError."""
    large = _first_page(stream) if media_type == PDF else _photo(stream, media_type)
    large.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small = large.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return Pictures(_encode(small), _encode(large), *large.size)


def _photo(stream: BinaryIO, media_type: str) -> Image.Image:
    most = _MOST_JPEG_PIXELS if media_type == JPEG else _MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(stream, formats=[_FORMATS[media_type]])
            if picture.width * picture.height > most:
                raise PictureError("The picture has too many pixels for a preview. The original is kept.")
            # Made small before it is turned and laid on white: a large one is held once, not three times.
            picture.draft("RGB", (LARGE, LARGE))
            picture.load()
            if picture.mode not in _PLAIN:
                clear = "transparency" in picture.info or picture.mode in {"PA", "La", "RGBa"}
                picture = picture.convert("RGBA" if clear else "RGB")
            picture.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
            return _on_white(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise PictureError("The picture has too many pixels for a preview. The original is kept.") from error
    except _BROKEN as error:
        raise PictureError("The picture is damaged or incomplete, so there is no preview.") from error


def _first_page(stream: BinaryIO) -> Image.Image:
    try:
        document = pypdfium2.PdfDocument(stream, autoclose=False)  # type: ignore[no-untyped-call]
    except pypdfium2.PdfiumError as error:
        raise PictureError("The PDF is damaged or locked with a password, so there is no preview.") from error
    try:
        if len(document) == 0:
            raise PictureError("The PDF has no pages.")
        page = document[0]
        width, height = page.get_size()
        if not (0 < width <= _PDF_POINTS and 0 < height <= _PDF_POINTS):
            raise PictureError("The PDF's first page has no usable size.")
        bitmap = page.render(scale=LARGE / max(width, height), may_draw_forms=False)
        return _on_white(bitmap.to_pil())
    except pypdfium2.PdfiumError as error:
        raise PictureError("The PDF's first page cannot be shown.") from error
    finally:
        document.close()  # type: ignore[no-untyped-call]


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the picture in plain colours, what is transparent on white."""
    if picture.mode in {"RGBA", "LA"}:
        layered = picture.convert("RGBA")
        white = Image.new("RGB", layered.size, "white")
        white.paste(layered, mask=layered.getchannel("A"))
        return white
    return picture.convert("RGB")


def _encode(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    # A new picture of the same pixels carries nothing of the original's metadata.
    plain = Image.new("RGB", picture.size)
    plain.paste(picture)
    plain.save(target, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return target.getvalue()

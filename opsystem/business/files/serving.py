"""How an original may be given to a browser: shown only when that is known to be safe.

Whatever could run script in the page's origin (HTML, SVG, unknown things) is saved, never shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from opsystem.business.files.sniffing import AVIF, GIF, JPEG, PDF, PNG, TEXT, UNKNOWN, WEBP

_SHOWN = frozenset(
    {JPEG, PNG, GIF, WEBP, AVIF, PDF, TEXT, "video/mp4", "video/webm", "audio/mpeg", "audio/mp4"}
)
_NAMED = _SHOWN | {"image/heic", "image/tiff", "image/bmp", "video/quicktime", "application/zip"}


@dataclass(frozen=True)
class Serving:
    """The content type to send, and whether a browser may show it in place."""

    content_type: str
    inline: bool

    @property
    def disposition(self) -> str:
        """The word of the Content-Disposition header."""
        return "inline" if self.inline else "attachment"


def serving(media_type: str) -> Serving:
    """Tell how a file of this sniffed media type may be served. Send `nosniff` with it."""
    if media_type in _SHOWN:
        content_type = f"{media_type}; charset=utf-8" if media_type == TEXT else media_type
        return Serving(content_type, inline=True)
    office = media_type.startswith("application/vnd.")
    return Serving(media_type if office or media_type in _NAMED else UNKNOWN, inline=False)

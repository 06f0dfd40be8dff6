"""The finished archive on its way to a browser: whole, or from where it broke off (RFC 9110, 14)."""

from __future__ import annotations

import re
from typing import Final

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime

from opsystem.lifecycle.exporting.links import fetch, open_link
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page

_RANGE: Final = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")


@business_page(Permission.EXPORT)
def fetch_file(door: Door, word: str) -> HttpResponseBase:
    """Give the archive behind a link, or the part of it that is asked for."""
    offer = open_link(door.vault, word)
    name = f"{door.business.name} {localtime():%Y-%m-%d}.zip"
    headers = {
        "ETag": offer.tag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
    }
    asked = _RANGE.fullmatch(door.request.headers.get("Range", ""))
    if door.request.headers.get("If-Range", offer.tag) != offer.tag:
        asked = None
    start = int(asked[1]) if asked else 0
    end = min(int(asked[2]) + 1, offer.size) if asked and asked[2] else offer.size
    if asked and start >= end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{offer.size}"})
    headers["Content-Length"] = str(end - start)
    if asked:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{offer.size}"
    status = 206 if asked else 200
    if door.request.method == "HEAD":
        return HttpResponse(status=status, headers=headers, content_type="application/zip")
    pieces = fetch(door.vault.id, offer, start, end)
    return StreamingHttpResponse(pieces, status=status, content_type="application/zip", headers=headers)

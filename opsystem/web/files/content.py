"""Bytes of files: taken in as they come, given out piece by piece, never shown where they could run."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from opsystem.business.files.operations import add_file
from opsystem.business.files.queries import open_file
from opsystem.kit.errors import Invalid, NotFound
from opsystem.kit.refs import make_ref
from opsystem.lifecycle.streaming import stream_content
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page

MOST_BYTES = 500 * 1024 * 1024
_SIZES = ("original", "large", "small")
_RANGE = re.compile(r"^bytes=(\d{1,15})-(\d{0,15})$")
# Whatever a file holds, it runs nothing and loads nothing here.
_SANDBOX = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"


@business_page(Permission.FILES_WRITE, "POST")
def upload(door: Door) -> HttpResponse:
    """Take files in and add them to the client, job or visit named beside them."""
    sent = door.request.FILES.getlist("file")
    if not sent:
        raise Invalid("Choose a file first.", code="no_file", fields={"file": "Choose a file first."})
    belongs = {
        kind: make_ref(kind, int(door.request.POST[kind]))
        for kind in ("client", "job", "visit")
        if door.request.POST.get(kind, "").isdecimal()
    }
    request_id = door.request.POST.get("request_id", "")
    for number, file in enumerate(sent):
        stored = door.vault.files.write(file.chunks(), limit=MOST_BYTES)
        given = {"content_id": stored.content_id, "name": file.name or "file", **belongs}
        key = f"{request_id}-{number}" if request_id else None
        add_file.perform(door.vault, door.actor, given, request_id=key)
    if "X-Upload" in door.request.headers:
        return HttpResponse(status=204)
    door.tell(f"Added {len(sent)} {'file' if len(sent) == 1 else 'files'}")
    return door.go_back("files:list")


@business_page(Permission.FILES_READ)
def serve(door: Door, file: int, size: str) -> HttpResponseBase:
    """Give a file's bytes, or one of its previews, whole or in part."""
    if size not in _SIZES:
        raise NotFound("There is no such size.", code="no_size")
    content = door.ask(open_file, file=make_ref("file", file), size=size)
    tag = f'"{content.content_id[:32]}"'
    if door.request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    asked = _RANGE.match(door.request.headers.get("Range", ""))
    start = int(asked[1]) if asked else 0
    end = min(int(asked[2]) + 1, content.size) if asked and asked[2] else content.size
    if start >= content.size and content.size:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{content.size}"})
    pieces = stream_content(door.vault.id, content.content_id, start=start, end=end)
    response = StreamingHttpResponse(pieces, status=206 if asked else 200, content_type=content.media_type)
    response["Content-Length"] = str(end - start)
    response["Accept-Ranges"] = "bytes"
    if asked:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{content.size}"
    way = "inline" if content.inline else "attachment"
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(content.name)}"
    response["Content-Security-Policy"] = _SANDBOX
    response["ETag"] = tag
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response

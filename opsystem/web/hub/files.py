"""What the office shared with a client."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from opsystem.business.hub.files import my_files, open_my_file
from opsystem.kit.errors import NotFound
from opsystem.kit.refs import make_ref
from opsystem.lifecycle.streaming import stream_content
from opsystem.web.hub.door import ClientDoor, client_page

# Whatever a file holds, it runs nothing and loads nothing here.
_SANDBOX = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"


@client_page("GET")
def listed(door: ClientDoor) -> HttpResponse:
    """List the shared documents and photos."""
    return door.page("hub/files.html", {"files": door.ask(my_files)})


@client_page("GET")
def serve(door: ClientDoor, file: int, size: str) -> HttpResponseBase:
    """Give the bytes of a shared file, or of its small preview."""
    if size not in {"original", "small"}:
        raise NotFound("There is no such size.", code="no_size")
    content = door.ask(open_my_file, file=make_ref("file", file), size=size)
    pieces = stream_content(door.vault.id, content.content_id, start=0, end=content.size)
    response = StreamingHttpResponse(pieces, content_type=content.media_type)
    response["Content-Length"] = str(content.size)
    way = "inline" if content.inline else "attachment"
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(content.name)}"
    response["Content-Security-Policy"] = _SANDBOX
    return response

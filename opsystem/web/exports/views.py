"""Views of the download."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime

from opsystem.control.audit.events import origin_of, record
from opsystem.lifecycle.export import stream_everything, summary
from opsystem.operations import Permission
from opsystem.web.accounts.views import person_of
from opsystem.web.door import Door, business_page


@business_page(Permission.EXPORT)
def home(door: Door) -> HttpResponse:
    """Say what the archive holds and how large it is."""
    return door.page("exports/home.html", {"told": summary(door.vault, door.actor)})


@business_page(Permission.EXPORT)
def download(door: Door) -> HttpResponseBase:
    """Give the whole vault, made while it is being sent."""
    pieces = stream_everything(door.vault.id, door.actor)
    record(
        "vault.exported",
        actor_id=person_of(door.request).pk,
        business_id=door.business.pk,
        origin=origin_of(door.request),
    )
    name = f"{door.business.name} {localtime():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)

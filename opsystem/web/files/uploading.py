"""Files in parts: begun, sent part by part, finished. The script that sends them reads plain JSON."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from opsystem.business.files.operations import add_file
from opsystem.business.files.receiving import (
    LARGEST_PART,
    begin_upload,
    finish_upload,
    receive_part,
    received_content,
)
from opsystem.kit.errors import Invalid, LimitReached, Problem
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import STATUS, Door, business_page


@business_page(Permission.FILES_WRITE, "POST")
def begin(door: Door) -> HttpResponse:
    """Begin a file, or go on with it; tell its number, the byte that comes next and the size of parts."""
    size, key = door.request.POST.get("size", ""), door.request.POST.get("key", "")
    try:
        if not size.isdecimal() or len(size) > 15 or not 8 <= len(key) <= 64:
            raise Invalid("The size of the file is missing, or it is empty.", code="no_size")
        row = begin_upload(door.vault, door.actor.id, key, int(size))
    except Problem as problem:
        return _told(problem)
    return JsonResponse({"upload": row.id, "next": row.received, "part": LARGEST_PART})


@business_page(Permission.FILES_WRITE, "POST")
def part(door: Door, upload: int, at: int) -> HttpResponse:
    """Take a part; tell which byte comes next."""
    try:
        data = door.request.read(LARGEST_PART + 1)
        if len(data) > LARGEST_PART:
            raise LimitReached("This part is too large.", code="part_too_large")
        return JsonResponse({"next": receive_part(door.vault, door.actor.id, upload, at, data)})
    except Problem as problem:
        return _told(problem)


@business_page(Permission.FILES_WRITE, "POST")
def finish(door: Door, upload: int) -> HttpResponse:
    """Add the file to the client, job or visit named beside it. Asked twice, it is added once."""
    sent = door.request.POST
    belongs = {
        kind: make_ref(kind, int(sent[kind]))
        for kind in ("client", "job", "visit")
        if sent.get(kind, "").isdecimal()
    }
    try:
        content_id = received_content(door.vault, door.actor.id, upload)
        if content_id is not None:
            given = {"content_id": content_id, "name": sent.get("name") or "file", **belongs}
            add_file.perform(door.vault, door.actor, given, request_id=f"upload-{upload}")
            finish_upload(door.vault, upload)
    except Problem as problem:
        return _told(problem)
    return HttpResponse(status=204)


def _told(problem: Problem) -> HttpResponse:
    return JsonResponse({"problem": problem.message}, status=STATUS.get(problem.kind, 400))

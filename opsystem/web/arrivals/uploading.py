"""The archive itself, part by part: small enough that no part ever touches a disk before it is sealed."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from opsystem.business.arrivals.operations import begin_arrival
from opsystem.kit.errors import Invalid, LimitReached, Problem
from opsystem.lifecycle.importing.loading import expect_empty
from opsystem.lifecycle.importing.receiving import LARGEST_PART, receive_part
from opsystem.operations import Permission
from opsystem.web.door import STATUS, Door, business_page


@business_page(Permission.EXPORT, "POST")
def begin(door: Door) -> HttpResponse:
    """Begin an archive of the size that is said; tell its number and the size of its parts."""
    size = door.request.POST.get("size", "")
    if not size.isdecimal() or len(size) > 15:
        raise Invalid("The size of the archive is missing.", code="no_size")
    with door.vault.reading() as session:
        expect_empty(session, door.vault.schema)
    row = door.perform(begin_arrival, size=int(size)).value
    return JsonResponse({"arrival": row.id, "next": 0, "part": LARGEST_PART})


@business_page(Permission.EXPORT, "POST")
def part(door: Door, arrival: int, at: int) -> HttpResponse:
    """Take a part; tell which byte comes next."""
    try:
        data = door.request.read(LARGEST_PART + 1)
        if len(data) > LARGEST_PART:
            raise LimitReached("This part is too large.", code="part_too_large")
        return JsonResponse({"next": receive_part(door.vault, arrival, at, data)})
    except Problem as problem:
        # The script that sends it reads the answer: no page, no redirect.
        return JsonResponse({"problem": problem.message}, status=STATUS.get(problem.kind, 400))

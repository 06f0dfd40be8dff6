"""View that puts a photo beside the one of before."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.files.pairing import pair_photos, unpair_photo
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page


@business_page(Permission.FILES_WRITE, "POST")
def pair(door: Door, file: int) -> HttpResponse:
    """Put a photo beside the one of before, or take the pair apart."""
    before = door.request.POST.get("before", "").strip()
    after = make_ref("file", file)
    if before and "apart" not in door.request.POST:
        door.tell("Paired them", done=door.perform(pair_photos, before=before, after=after))
    else:
        door.tell("Took the pair apart", done=door.perform(unpair_photo, after=after))
    return door.go("files:show", file)

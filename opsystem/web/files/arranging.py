"""Views that put files in order: many at once, pairs, and what is drawn on a photo."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.files.arranging import caption_files, move_files, remove_files
from opsystem.business.files.pairing import pair_photos
from opsystem.kit.errors import Invalid
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page


@business_page(Permission.FILES_WRITE, "POST")
def together(door: Door) -> HttpResponse:
    """Caption, move or remove the ticked files."""
    sent = door.request.POST
    files = [make_ref("file", int(one)) for one in sent.getlist("file") if one.isdecimal()]
    if not files:
        raise Invalid("Tick the files first.", code="no_file")
    words = sent.get("words", "").strip()
    match sent.get("act"):
        case "caption":
            door.tell("Changed the captions", done=door.perform(caption_files, files=files, caption=words))
        case "folder":
            door.tell("Moved the files", done=door.perform(move_files, files=files, folder=words))
        case "job":
            door.tell("Moved the files", done=door.perform(move_files, files=files, job=words))
        case "pair" if len(files) == 2:
            first, second = sorted(files, key=lambda one: int(one[2:]))
            door.tell("Paired them", done=door.perform(pair_photos, before=first, after=second))
        case "pair":
            raise Invalid("Tick two photos: the one of before and the one of after.", code="no_pair")
        case "remove":
            door.tell("Removed the files", done=door.perform(remove_files, files=files))
        case _:
            raise Invalid("Choose what to do with the files.", code="no_act")
    return door.go_back("files:list")

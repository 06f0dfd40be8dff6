"""Views that put files in order: many at once, pairs, and what is drawn on a photo."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.files.arranging import (
    caption_files,
    move_files,
    pair_photos,
    remove_files,
    unpair_photo,
)
from opsystem.business.files.marks import mark_photo
from opsystem.business.files.queries import show_file
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


@business_page(Permission.FILES_WRITE, "POST")
def mark(door: Door, file: int) -> HttpResponse:
    """Draw one more thing on a photo, or take the last one or all away."""
    ref, sent = make_ref("file", file), door.request.POST
    marks: list[dict[str, Any]] = [_given(one) for one in door.ask(show_file, file=ref).marks]
    if sent.get("act") == "clear":
        marks = []
    elif sent.get("act") == "last":
        marks = marks[:-1]
    else:
        marks.append({name: sent.get(name, "") for name in ("kind", "x", "y", "to_x", "to_y", "words")})
    door.tell("Saved the drawing", done=door.perform(mark_photo, file=ref, marks=marks))
    return door.go("files:show", file)


def _given(mark: Any) -> dict[str, Any]:
    return {name: getattr(mark, name) for name in ("kind", "x", "y", "to_x", "to_y", "words")}

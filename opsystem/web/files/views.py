"""Views of files."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.files.browsing import file_neighbours, list_folders
from opsystem.business.files.operations import caption_file, remove_file
from opsystem.business.files.queries import list_files, show_file
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.files.tiles import kind_of, tiles
from opsystem.web.forms import FormState


@business_page(Permission.FILES_READ)
def show_list(door: Door) -> HttpResponse:
    """Show files and photos, all of them or those of a client or job."""
    get = door.request.GET
    given: dict[str, Any] = {name: get[name] for name in ("text", "photos", "folder") if get.get(name)}
    for kind in ("client", "job"):
        if get.get(kind, "").isdecimal():
            given[kind] = make_ref(kind, int(get[kind]))
    files = door.ask(list_files, page=door.page_number, **given)
    shown = {"text": "", "photos": "", "client": "", "job": "", "folder": "", **given}
    context = {
        "files": files,
        "tiles": tiles(door, files.rows),
        "given": {**shown, "folder_given": "folder" in given},
        "folders": [one for one in door.ask(list_folders) if one.name],
        "together": FormState(),
    }
    return door.page("files/list.html", context)


@business_page(Permission.FILES_READ)
def show(door: Door, file: int) -> HttpResponse:
    """Show one file, large, with what is known of it."""
    record = door.ask(show_file, file=make_ref("file", file))
    form = FormState({"caption": record.caption})
    context = {
        "file": record,
        "kind": kind_of(record.media_type),
        "form": form,
        "mark": FormState({"kind": "arrow", "x": "300", "y": "300", "to_x": "500", "to_y": "500"}),
        "before": door.ask(show_file, file=record.before) if record.before else None,
        "pairing": FormState(),
        "near": door.ask(file_neighbours, file=record.ref),
    }
    return door.page("files/show.html", context)


@business_page(Permission.FILES_WRITE, "POST")
def caption(door: Door, file: int) -> HttpResponse:
    """Say what is to be seen on a file."""
    outcome = door.submit(caption_file, "caption", keep_empty=True, file=make_ref("file", file))
    if outcome.done:
        door.tell("Saved", done=outcome.done)
    else:
        door.tell(outcome.form.error("caption") or outcome.form.message, kind="failed")
    return door.go("files:show", file)


@business_page(Permission.FILES_WRITE, "POST")
def remove(door: Door, file: int) -> HttpResponse:
    """Remove a file; its bytes stay until it cannot be taken back any more."""
    door.tell("Removed the file", done=door.perform(remove_file, file=make_ref("file", file)))
    return door.go("files:list")

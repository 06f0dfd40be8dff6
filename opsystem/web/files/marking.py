"""View of what is drawn on a photo."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.files.marks import mark_photo
from opsystem.business.files.queries import show_file
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page


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

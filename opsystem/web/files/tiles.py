"""Files as the photo grid shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from opsystem.business.files.records import FileRow
from opsystem.web.door import Door


def tiles(door: Door, files: Iterable[FileRow]) -> list[dict[str, Any]]:
    """Return one tile for each file, with its preview when there is one."""
    return [
        {
            "url": door.url("files:show", file.id),
            "thumb_url": door.url("files:content", file.id, "small") if file.preview == "ready" else None,
            "name": file.name,
            "caption": file.caption,
            "size": file.size,
            "kind": kind_of(file.media_type),
            "ref": file.ref,
        }
        for file in files
    ]


def kind_of(media_type: str) -> str:
    """Return the sort of a file: image, pdf, video or other."""
    if media_type == "application/pdf":
        return "pdf"
    family = media_type.partition("/")[0]
    return family if family in {"image", "video"} else "other"

"""Keeping a stored content as a file: what it is, what it is called, whose it is."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import Field

from opsystem.business.files.models import File, Preview
from opsystem.business.files.sniffing import HEAD, PHOTOS, PREVIEWED, sniff
from opsystem.operations import Work

ContentId = Annotated[
    str, Field(pattern=r"^[0-9a-f]{64}$", description="Content id given by the file store.")
]
FileName = Annotated[
    str, Field(min_length=1, max_length=300, description="The file's name, as people know it.")
]
_SLASHES = re.compile(r"[/\\]")


def keep_file(
    work: Work,
    content_id: str,
    name: str,
    client_id: int | None,
    job_id: int | None = None,
    *,
    caption: str = "",
    by: str = "",
) -> File:
    """Return the new file of a stored content; what it is, is read from its bytes."""
    with work.vault.files.open(content_id) as stored:
        media_type = sniff(stored.read(HEAD))
    file = File(
        content_id=content_id,
        name=plain_name(name),
        media_type=media_type,
        size=work.vault.files.size(content_id),
        is_photo=media_type in PHOTOS,
        caption=caption,
        client_id=client_id,
        job_id=job_id,
        added_at=work.now,
        added_by=by or work.actor.name,
    )
    work.session.add(file)
    work.session.flush()
    due_at = work.now if media_type in PREVIEWED else None
    work.session.add(Preview(file_id=file.id, due_at=due_at))
    if due_at is not None:
        work.set_alarm("files", due_at)
    return file


def plain_name(name: str) -> str:
    """Return a name without folders, control and direction characters, at most 200 characters long."""
    last = _SLASHES.split(unicodedata.normalize("NFC", name))[-1]
    kept = "".join(character for character in last if unicodedata.category(character)[0] != "C").strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if len(kept) > 200 and dot and len(ending) <= 10:
        kept = f"{stem[: 199 - len(ending)]}.{ending}"
    return kept[:200] or "file"

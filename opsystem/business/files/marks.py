"""What is drawn on a photo: kept apart from it, so that the original stays as it was taken."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

from pydantic import Field, TypeAdapter

from opsystem.business.files.finding import present
from opsystem.business.files.models import File
from opsystem.business.files.records import Mark, MarkKind
from opsystem.business.references import FileRef
from opsystem.kit.errors import Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation

_MOST = 40
_MARKS = TypeAdapter(list[Mark])


def marks_of(file: File) -> tuple[Mark, ...]:
    """Return what is drawn on a photo."""
    return tuple(Mark(**{**one, "kind": MarkKind(one["kind"])}) for one in json.loads(file.marks))


@operation(permission=Permission.FILES_WRITE, effect=Effect.DRAFT, label="Mark photo", assistant=False)
def mark_photo(work: Work, *, file: FileRef, marks: Annotated[list[Mark], Field(max_length=_MOST)]) -> Saved:
    """Draw arrows, boxes and words on a photo, in place of what was drawn before. The photo itself stays."""
    row = present(work, file)
    if not row.is_photo:
        raise Invalid("Only photos can be drawn on.", code="no_photo")
    # Checked already; what was checked comes as plain data.
    drawn = _MARKS.validate_python(marks)
    if any(mark.kind is MarkKind.TEXT and not mark.words.strip() for mark in drawn):
        raise Invalid("Write the words.", code="no_words", fields={"words": "Write the words."})
    row.marks = json.dumps([asdict(mark) for mark in drawn])
    work.describe(f"Drew on {row.name}")
    return Saved(row.ref, row.id)

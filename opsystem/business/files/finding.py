"""Files that are there."""

from __future__ import annotations

from opsystem.business.files.models import File
from opsystem.business.references import number_of
from opsystem.kit.errors import Conflict
from opsystem.operations import Work


def present(work: Work, file: str) -> File:
    """Return a file that was not removed. Raises NotFound or Conflict."""
    row = work.get(File, number_of(file), "file")
    if row.removed_at is not None:
        raise Conflict("This file was removed. Bring it back with undo first.", code="removed")
    return row

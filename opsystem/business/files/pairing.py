"""Photos of before and after, that stand side by side."""

from __future__ import annotations

from opsystem.business.files.finding import present
from opsystem.business.references import FileRef
from opsystem.kit.errors import Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation


@operation(permission=Permission.FILES_WRITE, effect=Effect.DRAFT, label="Pair before and after")
def pair_photos(work: Work, *, before: FileRef, after: FileRef) -> Saved:
    """Say that one photo shows before and the other after, so that they stand side by side."""
    first, second = present(work, before), present(work, after)
    if first.id == second.id or not (first.is_photo and second.is_photo):
        raise Invalid("Choose two photos.", code="no_pair", fields={"after": "Choose two photos."})
    if (first.client_id, first.job_id) != (second.client_id, second.job_id):
        message = "Both photos must be of the same client and job."
        raise Invalid(message, code="other_job", fields={"after": message})
    second.before_id = first.id
    if first.before_id == second.id:
        first.before_id = None
    work.describe(f"Paired {first.name} and {second.name}")
    return Saved(second.ref, second.id)


@operation(permission=Permission.FILES_WRITE, effect=Effect.DRAFT, label="Take a pair apart")
def unpair_photo(work: Work, *, after: FileRef) -> Saved:
    """Let a photo of after stand alone again."""
    row = present(work, after)
    row.before_id = None
    work.describe(f"Took the pair of {row.name} apart")
    return Saved(row.ref, row.id)

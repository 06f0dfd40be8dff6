"""The business's logo: a picture among its files, chosen to stand on papers and client pages."""

from __future__ import annotations

from opsystem.business.files.models import File
from opsystem.business.profile.queries import profile_row
from opsystem.business.references import FileRef, number_of
from opsystem.kit.errors import Invalid
from opsystem.operations import Effect, Permission, Saved, Work, operation


@operation(
    permission=Permission.SETTINGS_MANAGE, effect=Effect.COMMIT, label="Choose the logo", assistant=False
)
def choose_logo(work: Work, *, file: FileRef | None = None) -> Saved:
    """Choose the picture that stands on quotes, invoices and client pages; without one there is none."""
    profile = profile_row(work.session)
    if file is None:
        profile.logo_file_id = None
        work.describe("Took the logo away")
        return Saved("", profile.id)
    row = work.get(File, number_of(file), "file")
    if not row.is_photo or row.removed_at is not None:
        words = "Choose a picture: PNG, JPEG, WebP or HEIC."
        raise Invalid(words, code="no_picture", fields={"file": words})
    profile.logo_file_id = row.id
    work.describe(f"Chose {row.name} as the logo")
    return Saved(row.ref, row.id)

"""What is left to do on the disk after an erasure: contents nobody names, and pages that held words."""

from __future__ import annotations

import json

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from opsystem.business.files.models import File, Preview
from opsystem.kit.errors import NotFound
from opsystem.vault import Vault
from opsystem.vault.journals.compacting import compact


def wipe(vault: Vault) -> bool:
    """Remove the contents of erased files and write the database anew, if that is due; True when all is done.

    A content that somebody has added again since stays.
    """
    table = vault.schema.tables.wiping
    with vault.reading() as session:
        due = session.execute(select(table)).all()
    if not due:
        return True
    contents = {one for row in due for one in json.loads(row.contents)}
    with vault.mechanics() as session:
        for content_id in sorted(contents - _named(session, contents)):
            _remove(vault, content_id)
    if not compact(vault):
        return False
    with vault.mechanics() as session:
        session.execute(delete(table).where(table.c.id.in_([row.id for row in due])))
    return True


def _named(session: Session, contents: set[str]) -> set[str]:
    """Return the contents that a file or a preview names."""
    named: set[str] = set()
    for column in (File.content_id, Preview.small_id, Preview.large_id):
        named |= {one for one in session.scalars(select(column).where(column.in_(contents))) if one}
    return named


def _remove(vault: Vault, content_id: str) -> None:
    try:
        vault.files.remove(content_id)
    except NotFound:
        # A worker that died in between has removed it already.
        return

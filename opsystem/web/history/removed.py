"""Which pages an undo has removed, so that nobody is left standing on one of them."""

from __future__ import annotations

from opsystem.vault import changes_of
from opsystem.web.door import Door

_LISTS = {
    "client": ("clients", "clients:list"),
    "property": ("properties", "clients:list"),
    "job": ("jobs", "jobs:list"),
    "visit": ("visits", "schedule:week"),
    "file": ("files", "files:list"),
    "thread": ("inbox", "inbox:list"),
}


def list_instead(door: Door, path: str, change: int) -> str | None:
    """Return the list to show when `path` is the page of something this change had made; else None."""
    with door.vault.reading() as session:
        changes = changes_of(session, door.vault.schema, change)
    for made in changes:
        if made.action == "insert" and made.table in _LISTS:
            noun, listing = _LISTS[made.table]
            page = f"/b/{door.business.number}/{noun}/{made.row_id}"
            if path == page or path.startswith((f"{page}/", f"{page}?")):
                return listing
    return None

"""A link's place in the words that leave: written as `{link}`, filled only when they are queued."""

from __future__ import annotations

from opsystem.business.links.issuing import issue_link
from opsystem.operations import Work

LINK = "{link}"


def with_link(work: Work, words: str, *, client_id: int, about: str | None = None, only: bool = False) -> str:
    """Return the words with a new link of the client in its place, or at their end."""
    link = issue_link(work, client_id=client_id, about=about, only=only)
    return words.replace(LINK, link) if LINK in words else f"{words}\n{link}"

"""What is told about found records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """One found record. `excerpt` is the words around the match; `exact` means its reference was typed."""

    ref: str
    kind: str
    id: int
    title: str
    excerpt: str
    client: str | None
    client_name: str | None
    exact: bool

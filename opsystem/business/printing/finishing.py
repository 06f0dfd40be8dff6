"""A paper laid out, named, and ready to be handed over."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Annotated

from pydantic import PlainSerializer

from opsystem.business.paper.records import Paper
from opsystem.business.paper.rendering import render


def _as_text(content: bytes) -> str:
    return base64.b64encode(content).decode()


@dataclass(frozen=True)
class PaperFile:
    """A finished PDF: what to call it, its bytes (base64 in JSON), and their SHA-256 in hex."""

    name: str
    content: Annotated[bytes, PlainSerializer(_as_text, return_type=str, when_used="json")]
    sha256: str


def finished(paper: Paper) -> PaperFile:
    """Lay a paper out and name it."""
    printed = render(paper)
    return PaperFile(f"{paper.head.title} {paper.head.ref}.pdf", printed.content, printed.sha256)

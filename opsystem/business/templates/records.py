"""What is told about message templates."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TemplateRecord:
    """A text or email with blanks. `unknown_blanks` are filled by nothing of ours: a person fills them."""

    ref: str
    id: int
    key: str
    name: str
    channel: str
    subject: str
    body: str
    suggested: bool
    blanks: list[str]
    unknown_blanks: list[str]

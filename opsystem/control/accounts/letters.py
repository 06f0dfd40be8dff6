"""Letters about accounts. A letter is a folder in `letters/` with `subject.txt` and `body.txt`, in our words.

They are plain text: nothing in them can track, and a code is easy to find. A letter that lacks a value is not
sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from opsystem.control.installation import installation

LETTERS = Path(__file__).parent / "letters"

# Not HTML, so nothing is escaped: a letter shows what it is given.
_TEMPLATES = Environment(
    loader=FileSystemLoader(LETTERS),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,  # noqa: S701
)


@dataclass(frozen=True)
class Letter:
    """A letter with all its words in place."""

    subject: str
    body: str


def letter_names() -> list[str]:
    """Return the names of all letters."""
    return sorted(folder.name for folder in LETTERS.iterdir() if folder.is_dir())


def write_letter(name: str, values: Mapping[str, object]) -> Letter:
    """Fill in a letter. Raises jinja2's TemplateNotFound or UndefinedError for what is missing."""
    told = installation()
    all_values = {**values, "operator": told.operator, "base_url": told.base_url}
    subject = _TEMPLATES.get_template(f"{name}/subject.txt").render(all_values)
    body = _TEMPLATES.get_template(f"{name}/body.txt").render(all_values)
    return Letter(" ".join(subject.split()), body.strip() + "\n")

"""The pages of an export: plain HTML that any browser opens from a disk, without scripts."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_FOLDER = Path(__file__).parent / "templates"
_TEMPLATES = Environment(
    loader=FileSystemLoader(_FOLDER),
    undefined=StrictUndefined,
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(name: str, **values: object) -> bytes:
    """Return a page; every value is escaped."""
    return _TEMPLATES.get_template(name).render(values).encode()


def style_sheet() -> bytes:
    """Return the one style sheet of all pages."""
    return (_FOLDER / "style.css").read_bytes()

"""Laying a paper out: Typst, with our own templates and fonts, and nothing else within its reach.

The record goes in as data, never as markup. Fonts of the system are not looked at, packages have no place
to come from, and no file outside `sheets/` can be read. The same record gives the same bytes.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import threading
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

import typst

from opsystem.business.paper.coverage import FONTS, printable
from opsystem.business.paper.records import Paper, Picture
from opsystem.kit.colour import readable_on_white
from opsystem.kit.errors import Unavailable

SHEETS = Path(__file__).parent / "sheets"
# A folder that does not exist: no package can be found, and none be fetched into it.
_NOWHERE = Path("/dev/null/packages")
_STAMP = 0
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Printed:
    """A finished paper: PDF bytes (PDF 1.7, PDF/UA-1), and their SHA-256 in hex."""

    content: bytes
    sha256: str


def render(paper: Paper) -> Printed:
    """Lay a paper out. Raises Unavailable when that cannot be done, which no data should bring about."""
    kind = type(paper).__name__.removesuffix("Paper").lower()
    try:
        with _LOCK:
            content = compiler().compile(
                input=str(SHEETS / f"{kind}.typ"),
                format="pdf",
                sys_inputs={"paper": json.dumps(_plain(paper), ensure_ascii=False)},
                pdf_standards=["ua-1"],
                timestamp=_STAMP,
            )
    except typst.TypstError as problem:
        raise Unavailable("This paper could not be laid out.", code="paper_failed") from problem
    if not isinstance(content, bytes):
        raise Unavailable("This paper could not be laid out.", code="paper_failed")
    return Printed(content, hashlib.sha256(content).hexdigest())


def fingerprint(paper: Paper) -> str:
    """Return a short name of what a paper shows and of the templates: alike for papers of equal bytes."""
    data = json.dumps(_plain(paper), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{type(paper).__name__}\n{_templates()}\n{data}".encode()).hexdigest()[:40]


@functools.cache
def compiler() -> typst.Compiler:
    """Return the one compiler: it has our fonts, reads under `sheets/` only, and has no packages."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(
        root=str(SHEETS), font_paths=fonts, package_path=str(_NOWHERE), package_cache_path=str(_NOWHERE)
    )


@functools.cache
def _templates() -> str:
    whole = hashlib.sha256()
    for path in sorted(SHEETS.glob("*.typ")):
        whole.update(path.read_bytes())
    return f"{typst.__name__} {whole.hexdigest()}"


def _plain(value: Any) -> Any:
    """Return a record as JSON data: text printable, colours readable, pictures as SVG."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Picture):
        return {"svg": _svg(value), "words": printable(value.words) or "Photo"}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        told = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        if "colour" in told:
            told["colour"] = readable_on_white(told["colour"])
        return told
    return value


def _svg(picture: Picture) -> str:
    """Return a picture wrapped in SVG: the one way to hand bytes over as text."""
    size = f'width="{picture.width}" height="{picture.height}"'
    data = base64.b64encode(picture.jpeg).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>'
        f'<image {size} xlink:href="data:image/jpeg;base64,{data}"/></svg>'
    )

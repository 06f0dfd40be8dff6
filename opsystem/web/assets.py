"""Style sheets and scripts: many small files to read, one of each to load.

There is no build step. `static/css/*.css` and `static/islands/*.js` are joined in the order
written here when static files are collected: `app.css` (without comments), and `app.js` (htmx
first, then every island in a scope of its own). Hashing and compressing is the storage's work.
The first visit then needs seven requests: page, style, script, font, icons, page icon, manifest.

Set `STATICFILES_FINDERS = ["opsystem.web.assets.AssetFinder"]`. The finder gives everything
under `static/` except the parts that are joined.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import get_files
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

ROOT = Path(__file__).parent / "static"

# fmt: off
STYLES = [
    "layers", "reset", "tokens", "base", "shell", "page", "button", "field",
    "pill", "avatar", "card", "list", "object", "timeline", "kv", "nav",
    "tabs", "dialog", "menu", "toast", "ask", "chat", "approval", "photos", "marked",
    "banner", "empty", "progress", "checklist", "diff", "visits", "small", "errors", "utilities",
]
ISLANDS = [
    "dialog", "busy", "copy", "theme", "toast", "countdown", "list", "keys",
    "ask", "stream", "upload", "marks", "arrival", "passkey",
]
# fmt: on
SCRIPTS = ("vendor/htmx/htmx.min.js",)
_COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
_PARTS = ("css", "islands", "board", "vendor/htmx/htmx.min.js")


def style_sheet() -> bytes:
    """Return all style files as one, bare of comments; the first declares the order of the layers."""
    joined = b"\n".join((ROOT / "css" / f"{name}.css").read_bytes() for name in STYLES)
    lines = (line.strip() for line in _COMMENT.sub(b"", joined).splitlines())
    return b"\n".join(line for line in lines if line)


def script() -> bytes:
    """Return htmx and all islands as one classic script, each island in its own function."""
    vendored = [(ROOT / path).read_bytes() for path in SCRIPTS]
    islands = [_scoped((ROOT / "islands" / f"{name}.js").read_bytes()) for name in ISLANDS]
    return b"\n".join([*vendored, *islands])


def _scoped(source: bytes) -> bytes:
    return b'(() => {\n"use strict";\n' + source + b"})();\n"


def board_style() -> bytes:
    """Return the dispatch board's own style: its file, and a class for each row and each length.

    Rows and lengths are quarters of an hour; classes, because a page may carry no style of its own.
    """
    rows = "".join(f".r-{n}{{grid-row-start:{n}}}.s-{n}{{grid-row-end:span {n}}}" for n in range(1, 97))
    own = _COMMENT.sub(b"", (ROOT / "board" / "board.css").read_bytes())
    return own + b"@layer components{@media (min-width:640px){" + rows.encode() + b"}}"


def board_script() -> bytes:
    """Return the islands that only the board needs; the element itself comes last."""
    return b"\n".join(
        _scoped((ROOT / "board" / f"{name}.js").read_bytes()) for name in ("drag", "keys", "board")
    )


BUNDLES = {
    "app.css": style_sheet,
    "app.js": script,
    "board.css": board_style,
    "board.js": board_script,
}


class AssetFinder(BaseFinder):
    """Finds the files under `static/`, and the joined ones in place of their parts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written = tempfile.TemporaryDirectory(prefix="opsystem-assets-")
        self.files = FileSystemStorage(location=ROOT)
        self.bundles = FileSystemStorage(location=self.written.name)

    def check(self, **_: Any) -> list[CheckMessage]:
        """Return nothing: there is nothing to configure."""
        return []

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        """Return where a file lies; a joined file is made first, so it is never stale."""
        found = self._path(path)
        if find_all:
            return [found] if found else []
        return found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield every file that is collected, with the storage that opens it."""
        for name in BUNDLES:
            self._path(name)
            yield name, self.bundles
        for name in get_files(self.files, [*(ignore_patterns or ()), *_PARTS]):
            yield name, self.files

    def _path(self, path: str) -> str | None:
        if path in BUNDLES:
            target = Path(self.written.name) / path
            target.write_bytes(BUNDLES[path]())
            return str(target)
        part = path.startswith(_PARTS)
        return None if part or not self.files.exists(path) else self.files.path(path)

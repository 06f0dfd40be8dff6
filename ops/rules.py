"""House rules that no linter knows, each with its reason; prints every breach."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from ops.openings import stray_openings

PRODUCT = Path("opsystem")
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son[a-z]+=\"|href=\"javascript:", re.IGNORECASE)
_FOREIGN = re.compile(r"(?:src|href|action)=\"(?:https?:)?//", re.IGNORECASE)


def imports_inside_functions(path: Path, tree: ast.AST) -> Iterator[str]:
    """No import inside a function: it would dodge a circle instead of mending it."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield f"{path}:{node.lineno}: import inside a function"


def inline_in_template(path: Path, text: str) -> Iterator[str]:
    """No inline script or style, and nothing from another host: the CSP would block it."""
    for number, line in enumerate(text.splitlines(), start=1):
        if _INLINE.search(line):
            yield f"{path}:{number}: inline script or style"
        if _FOREIGN.search(line):
            yield f"{path}:{number}: something from another host"


def breaches() -> Iterator[str]:
    """Yield every breach of a rule."""
    for path in sorted(PRODUCT.rglob("*.py")):
        tree = ast.parse(path.read_text(), filename=str(path))
        yield from imports_inside_functions(path, tree)
        yield from stray_openings(path, tree)
    for path in sorted(PRODUCT.rglob("templates/**/*.html")):
        yield from inline_in_template(path, path.read_text())


if __name__ == "__main__":
    found = list(breaches())
    print("\n".join(found) or "every rule is kept")
    sys.exit(1 if found else 0)

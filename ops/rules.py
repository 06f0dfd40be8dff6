"""House rules that no linter knows, each with its reason; prints every breach."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

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


def vault_files_opened(path: Path, tree: ast.AST) -> Iterator[str]:
    """Files of a vault are opened in `vault.paths` and its neighbours only."""
    if path.parts[:2] != ("opsystem", "vault") or path.name in _MAY_OPEN:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name in {"open", "io.open"} or name.endswith((".read_bytes", ".write_bytes", ".read_text")):
                yield f"{path}:{node.lineno}: {name} outside the rooms that may open files"


# keys.py reads the operator's key file, which is not the vault's.
_MAY_OPEN = {"paths.py", "beneath.py", "keys.py"}


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
        yield from vault_files_opened(path, tree)
    for path in sorted(PRODUCT.rglob("templates/**/*.html")):
        yield from inline_in_template(path, path.read_text())


if __name__ == "__main__":
    found = list(breaches())
    print("\n".join(found) or "every rule is kept")
    sys.exit(1 if found else 0)

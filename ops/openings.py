"""Files are opened in few rooms: every other place that could touch one is found here.

Found are the functions of `os`, `io`, `shutil`, `subprocess` and their like, under whatever name they were
imported and also when they are only handed on, and the methods of `pathlib` that no other type has.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ops.opening_rooms import MAY_OPEN

# What these hold touches files, but for the names after them.
_MODULES: Final[dict[str, frozenset[str]]] = {
    "io": frozenset({"BytesIO", "StringIO", "RawIOBase", "BufferedReader"}),
    "os.path": frozenset(),
    "shutil": frozenset({"which", "copyfileobj", "disk_usage"}),
    "tempfile": frozenset({"SpooledTemporaryFile"}),
    "glob": frozenset({"escape", "translate"}),
    "fileinput": frozenset(),
    "subprocess": frozenset({"TimeoutExpired", "CalledProcessError", "CompletedProcess"}),
    "dbm": frozenset(),
    "shelve": frozenset(),
    "mmap": frozenset(),
    "tarfile": frozenset(),
    "sqlite3": frozenset({"Connection", "DatabaseError", "OperationalError", "Error"}),
    "codecs": frozenset({"getincrementaldecoder", "lookup", "encode", "decode"}),
}
_OF_OS: Final = """
    open chdir chmod chown chroot fchdir fwalk lchown link listdir listxattr lstat makedirs mkdir mkfifo mknod
    pathconf readlink remove removedirs removexattr rename renames replace rmdir scandir setxattr stat symlink
    truncate unlink utime walk access sendfile system popen execv execve execvp posix_spawn spawnv startfile
"""
_FUNCTIONS: Final = frozenset(
    {"open", "pathlib.Path.open", "builtins.open", "ctypes.CDLL", "sqlcipher3.dbapi2.connect"}
    | {f"os.{name}" for name in _OF_OS.split()}
)
# Of a file or a folder; no other type in use here has them.
_OF_PATH: Final = """
    read_bytes write_bytes read_text write_text unlink rmdir mkdir iterdir rglob touch symlink_to hardlink_to
    extract extractall rename lchmod chmod samefile readlink
"""
_METHODS: Final = frozenset(_OF_PATH.split())
_MODES: Final = frozenset("rwaxbt+U")


class _Finder(ast.NodeVisitor):
    """Walks through a module and knows under which name it imported what."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {"open": "open"}
        self.found: list[tuple[int, str]] = []

    def visit_Import(self, node: ast.Import) -> None:
        for one in node.names:
            top = one.name.partition(".")[0]
            self.names[one.asname or top] = one.name if one.asname else top

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for one in node.names:
            full = f"{node.module}.{one.name}"
            self.names[one.asname or one.name] = full
            if _touches(full):
                self.found.append((node.lineno, full))

    def visit_Name(self, node: ast.Name) -> None:
        self._look(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if not self._look(node):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Attribute):
            name = node.func.attr
            of_path = name in _METHODS or _is_path_open(name, node) or _is_path_replace(name, node)
            if of_path and not _is_vault_directory(node.func.value) and not _touches(self._full(node.func)):
                self.found.append((node.lineno, f".{name}"))
        elif isinstance(node.func, ast.Name) and node.func.id == "getattr" and node.args:
            whose = self._full(node.args[0])
            if whose == "os" or whose in _MODULES:
                self.found.append((node.lineno, f"getattr({whose})"))
        self.generic_visit(node)

    def _look(self, node: ast.Name | ast.Attribute) -> bool:
        full = self._full(node)
        if isinstance(node.ctx, ast.Load) and _touches(full):
            self.found.append((node.lineno, full))
            return True
        return False

    def _full(self, node: ast.AST) -> str:
        if isinstance(node, ast.Name):
            return self.names.get(node.id, "")
        if isinstance(node, ast.Attribute):
            above = self._full(node.value)
            return f"{above}.{node.attr}" if above else ""
        return ""


def _touches(full: str) -> bool:
    module, _, name = full.rpartition(".")
    harmless = name.isupper() or name in _MODULES.get(module, ())
    return full in _FUNCTIONS or (module in _MODULES and not harmless)


def _is_vault_directory(receiver: ast.expr) -> bool:
    """Tell the one safe way, which is always held under this name, from a path."""
    return ast.unparse(receiver).rpartition(".")[2] in {"directory", "_directory"}


def _is_path_open(name: str, call: ast.Call) -> bool:
    """Tell `path.open()` and `path.open("rb")` from our own methods of that name, which take no mode."""
    if name != "open":
        return False
    modes = [*call.args[:1], *(one.value for one in call.keywords if one.arg == "mode")]
    if not modes:
        return not call.args
    mode = modes[0]
    return isinstance(mode, ast.Constant) and isinstance(mode.value, str) and set(mode.value) <= _MODES


def _is_path_replace(name: str, call: ast.Call) -> bool:
    """Tell `path.replace(target)` from the ones of text, which takes two, and of records, by keyword."""
    return name == "replace" and len(call.args) == 1 and not call.keywords


def openings(tree: ast.AST) -> list[tuple[int, str]]:
    """Return the line and the name of everything in a module that could touch a file."""
    finder = _Finder()
    finder.visit(tree)
    return finder.found


def stray_openings(path: Path, tree: ast.AST) -> Iterator[str]:
    """Files are opened in the rooms that say why they may."""
    if any(str(path).startswith(room) for room in MAY_OPEN):
        return
    for line, name in openings(tree):
        yield f"{path}:{line}: {name} in a room that may not open files"

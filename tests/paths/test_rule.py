"""The house rule finds every way to touch a file, under whatever name, and nothing that only sounds so."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ops.opening_rooms import MAY_OPEN
from ops.openings import openings, stray_openings
from tests.faults.shim import ROOT

PLANTED = [
    'open("x")',
    'with open("x", "wb") as file: pass',
    "opener = open",
    "list(map(open, names))",
    'import builtins\nbuiltins.open("x")',
    'import io\nio.open("x")',
    'import io\nio.FileIO("x")',
    'from io import open as see\nsee("x")',
    'import os\nos.open("x", 0)',
    'import os as system\nsystem.remove("x")',
    'from os import unlink\nunlink("x")',
    "from os import rename as move",
    "import os\nact = os.replace",
    'import os\nos.path.join("a", "b")',
    "from os import path\npath.exists('x')",
    "import os.path\nos.path.getsize('x')",
    'import os\ngetattr(os, "op" + "en")("x")',
    'import os\nfor one in os.scandir("x"): pass',
    'import os\nos.stat("x")',
    'import shutil\nshutil.rmtree("x")',
    "from shutil import copyfile",
    'import tempfile\ntempfile.NamedTemporaryFile()',
    "from tempfile import mkdtemp",
    'import zipfile\nzipfile.ZipFile(x).extractall("y")',
    'archive.extract("name")',
    "import tarfile\ntarfile.open(x)",
    "import glob\nglob.glob('*')",
    "import mmap\nmmap.mmap(3, 0)",
    "import sqlite3\nsqlite3.connect('x')",
    "from sqlcipher3 import dbapi2 as sqlcipher\nsqlcipher.connect('x')",
    "import codecs\ncodecs.open('x')",
    "import ctypes\nctypes.CDLL(None)",
    'from pathlib import Path\nPath("x").read_bytes()',
    'path.write_bytes(b"")',
    "path.read_text()",
    'path.write_text("")',
    "path.open()",
    'path.open("rb")',
    'path.open(mode="ab")',
    "path.unlink(missing_ok=True)",
    'path.rename("y")',
    'path.replace("y")',
    "path.mkdir()",
    "path.rmdir()",
    "list(path.iterdir())",
    'list(path.rglob("*"))',
    "path.touch()",
    'path.symlink_to("y")',
    'path.hardlink_to("y")',
    "path.chmod(0o600)",
    "path.readlink()",
    'import subprocess\nsubprocess.run(["cp", "x", "y"])',
    'from subprocess import Popen',
    'import os\nos.system("cp x y")',
]  # fmt: skip
HARMLESS = [
    'vault.files.open(content_id)',
    'self._directory.mkdir("files")',
    "directory.list()",
    'text.replace("a", "b")',
    "moment.replace(hour=3)",
    "from dataclasses import replace\nreplace(record, name='x')",
    "import io\nio.BytesIO()",
    "import os\nos.environ",
    "import os\nos.getpid()",
    "import os\nos.fsync(3)",
    "from pathlib import Path\nPath('a') / 'b'",
    "import shutil\nshutil.copyfileobj(a, b)",
    "import zipfile\nzipfile.ZipFile(out, 'w')",
    "import sqlite3\nsqlite3.SQLITE_FULL",
    "door.open(request)",
]  # fmt: skip


@pytest.mark.parametrize("source", PLANTED)
def test_every_planted_form_is_found(source: str) -> None:
    assert openings(ast.parse(source))
    # Also deep inside of something.
    nested = "def act():\n    class Room:\n" + "\n".join(f"        {line}" for line in source.splitlines())
    assert openings(ast.parse(nested))
    assert list(stray_openings(Path("opsystem/business/jobs/models.py"), ast.parse(source)))


@pytest.mark.parametrize("source", HARMLESS)
def test_what_only_sounds_like_it_is_left_alone(source: str) -> None:
    assert openings(ast.parse(source)) == []


def test_every_room_that_may_is_there_uses_it_and_says_why() -> None:
    for room, reason in MAY_OPEN.items():
        assert len(reason) > 10
        place = ROOT / room
        files = sorted(place.rglob("*.py")) if room.endswith("/") else [place]
        assert any(openings(ast.parse(file.read_text())) for file in files), room

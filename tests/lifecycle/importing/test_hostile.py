"""Archives made to harm are refused, each with its reason, quickly and in little memory."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from opsystem.vault.archives.directory import Refused
from opsystem.vault.archives.names import why_unsafe
from opsystem.vault.archives.reading import ArchiveReader
from tests.business.files.samples import pdf
from tests.business.gulf import open_gulf
from tests.lifecycle.exporting.filled import packed
from tests.lifecycle.importing.forge import build, piece, pieces_of
from tests.vault.hostile_names import HOSTILE

SECONDS, BYTES = 10, 256 * 1024 * 1024


def test_each_of_them_is_refused_with_its_reason(tmp_path: Path) -> None:
    with open_gulf(tmp_path).vault as vault:
        vault.files.write([pdf()], limit=10**6)
        archive = tmp_path / "right.zip"
        archive.write_bytes(packed(vault))
    done = subprocess.run(
        [sys.executable, "-m", "tests.lifecycle.importing.hostile_run", str(archive)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["refused"] >= 150
    assert told["slowest"] < SECONDS
    assert told["memory"] < BYTES


def names() -> Iterator[str]:
    """Yield more than 500 names that lead elsewhere, or look as if they did."""
    for name in HOSTILE:
        yield from (name, f"Clients/{name}", f"{name}/x", f"data/contents/{name}")


def test_no_name_leads_anywhere(tmp_path: Path) -> None:
    with open_gulf(tmp_path / "gulf").vault as vault:
        manifest = pieces_of(packed(vault))[1]
    before = sorted(tmp_path.rglob("*"))
    tried = refused = 0
    for name in names():
        raw = name.encode("utf-8", "surrogatepass")
        archive = build([piece(raw, b"x")], manifest)
        tried += 1
        try:
            files = ArchiveReader(io.BytesIO(archive)).files
            assert [why_unsafe(file.name) for file in files] == [""]  # odd, and harmless
        except Refused as problem:
            refused += 1
            assert str(tmp_path) not in problem.message
    assert tried >= 500
    assert refused >= 400
    assert sorted(tmp_path.rglob("*")) == before

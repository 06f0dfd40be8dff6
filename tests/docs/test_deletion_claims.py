"""Every claim about deletion names a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_ROW = re.compile(r"^\| (.+?) \| (`test_.+`) \|$", re.MULTILINE)


def test_every_claim_about_deletion_has_its_test() -> None:
    rows = _ROW.findall((ROOT / "docs/deletion.md").read_text())
    assert len(rows) > 20
    tests = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    named = [name for _, names in rows for name in re.findall(r"`(test_\w+)`", names)]
    assert [name for name in named if f"def {name}(" not in tests] == []

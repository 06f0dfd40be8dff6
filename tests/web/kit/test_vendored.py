"""Files of others: each with name, version, licence and hash, and no other."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from opsystem.business.paper.coverage import FONTS
from opsystem.web.assets import ROOT

FOLDERS = [ROOT / "vendor", FONTS, Path(__file__).resolve().parents[2] / "vendor"]


@pytest.mark.parametrize("folder", FOLDERS, ids=["product", "fonts of paper", "tests"])
def test_vendored_files_are_those_of_the_manifest(folder: Path) -> None:
    listed: dict[str, str] = {}
    for package in json.loads((folder / "manifest.json").read_text()):
        assert package["name"]
        assert package["version"]
        assert package["licence"]
        assert any("LICENSE" in name for name in package["files"])
        listed.update(package["files"])
    there = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path != folder / "manifest.json"
    }
    assert there == listed

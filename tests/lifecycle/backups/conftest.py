"""What the tests of backups share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lifecycle.backups.house import House, house_in, pattern_in


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty repository, made once."""
    return pattern_in(tmp_path_factory.mktemp("pattern"))


@pytest.fixture
def house(installation: object, pattern: Path, tmp_path: Path) -> Iterator[House]:  # noqa: ARG001 - tables
    """An installation with backups set up and no vault yet."""
    shutil.copytree(pattern, tmp_path, dirs_exist_ok=True)
    with house_in(tmp_path) as house:
        yield house

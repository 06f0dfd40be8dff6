"""Alice at her site, ready to be a nuisance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths.carriers import Visitor
from tests.paths.raid import Raid
from tests.paths.settling import settled


@pytest.fixture(scope="module")
def visitor(installation: Path) -> Iterator[Visitor]:  # noqa: ARG001 - tables must be there
    with settled() as there:
        yield there


@pytest.fixture
def raid(installation: Path, visitor: Visitor) -> Raid:
    return Raid(installation, visitor)

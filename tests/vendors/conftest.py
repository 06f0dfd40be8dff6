"""What the gateway tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vendors.certificates import Authority
from tests.vendors.ledgers import KeepingLedger


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    folder: Path = tmp_path_factory.mktemp("authority")
    return Authority(folder)


@pytest.fixture
def ledger() -> KeepingLedger:
    return KeepingLedger()

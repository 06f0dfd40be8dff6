"""Alice owns Gulf Plumbing, Bob is her technician, Dana keeps her books; Carl owns another business."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from opsystem.operations import Actor, Role
from opsystem.vault import Vault
from tests.business.opening import ALICE, CARL, joined, open_business


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """Alice's business, open: its zone is America/Chicago."""
    with open_business(tmp_path, "Gulf Plumbing", ALICE) as opened:
        yield opened


@pytest.fixture
def alice() -> Actor:
    return ALICE


@pytest.fixture
def bob(vault: Vault) -> Actor:
    return joined(vault, "Bob Tran", Role.TECHNICIAN, "acc-bob")


@pytest.fixture
def dana(vault: Vault) -> Actor:
    return joined(vault, "Dana Cole", Role.BOOKKEEPER, "acc-dana")


@pytest.fixture
def carls_vault(tmp_path: Path) -> Iterator[Vault]:
    """Another business, of which Carl is the owner."""
    with open_business(tmp_path, "Carl's Roofs", CARL) as opened:
        yield opened


@pytest.fixture
def carl() -> Actor:
    return CARL

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.testing import Running, start_sandbox
from tests.business.opening import ALICE, open_business
from tests.business.scene import OUR_NUMBER, client, with_addresses
from tests.delivery.post import Post, site_of


@pytest.fixture(scope="session")
def vendors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The vendors, who tell nobody anything: what they report is the business of other tests."""
    with start_sandbox(
        tmp_path_factory.mktemp("vendors"), "--pace", "0.02", "--number", OUR_NUMBER
    ) as running:
        yield running


@pytest.fixture
def post(vendors: Running, tmp_path: Path) -> Iterator[Post]:
    """Gulf Plumbing with its client Maria, and the vendors at hand."""
    vendors.clear_faults()
    vendors.reset()
    with open_business(tmp_path, "Gulf Plumbing", ALICE) as vault:
        with_addresses(vault)
        maria = client(vault, ALICE, phone="+12285550142", email="maria@example.com")
        yield Post(vault, vendors, site_of(vendors), maria)

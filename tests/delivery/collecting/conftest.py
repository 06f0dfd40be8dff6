from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from opsystem.delivery.collecting.route import StripeRoute
from opsystem.vendors.accounts import StripeConfig
from sandbox.testing import Running, start_sandbox
from tests.business.opening import ALICE, open_business
from tests.business.scene import client
from tests.delivery.collecting.till import Till


@pytest.fixture(scope="package")
def stripe_vendor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A Stripe that tells nobody anything by itself; tests fetch what it has to say."""
    with start_sandbox(tmp_path_factory.mktemp("stripe"), "--pace", "0.02", "--record") as running:
        yield running


@pytest.fixture
def till(stripe_vendor: Running, tmp_path: Path) -> Iterator[Till]:
    """Gulf Plumbing with Stripe connected and its client Maria."""
    stripe_vendor.clear_faults()
    stripe_vendor.reset()
    config = StripeConfig(
        stripe_vendor.stripe_key,
        (stripe_vendor.stripe_webhook_secret,),
        stripe_vendor.stripe_url,
        allow_loopback=True,
    )
    with open_business(tmp_path, "Gulf Plumbing", ALICE) as vault:
        maria = client(vault, ALICE)
        made = Till(vault, stripe_vendor, StripeRoute(vault, 4711, "http://localhost:9", config), maria)
        made.connect()
        yield made

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.product import Product


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One product for all stories of this process: each has people and numbers of its own."""
    running = Product(tmp_path_factory.mktemp("product"))
    with running.stack:
        running.start()
        yield running

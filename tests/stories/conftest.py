from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.product import Product


@pytest.fixture(scope="package")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One product for all stories of this process: each has people and numbers of its own."""
    running = Product(tmp_path_factory.mktemp("product"))
    with running.stack:
        running.start()
        yield running


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser, all windows closed afterwards: a page left open goes on working beside the next tests."""
    yield chromium
    for context in chromium.contexts:
        context.close()

"""One Chromium for all tests of pages in this process."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browsing import PATIENCE


@pytest.fixture(scope="session")
def browser(chromium: Browser) -> Browser:
    expect.set_options(timeout=PATIENCE)
    return chromium

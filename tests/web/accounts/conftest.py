"""What the tests of the accounts pages share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from tests.web.accounts.mailbox import Mailbox


@pytest.fixture
def mailbox(installation: Path, sandbox_url: str) -> Mailbox:  # noqa: ARG001 - tables must be there
    """The mailboxes behind the sandbox's Mailgun."""
    return Mailbox(sandbox_url)


@pytest.fixture
def new_browser(installation: Path) -> Callable[[], Client]:  # noqa: ARG001 - tables must be there
    """Make a client that keeps cookies and checks CSRF tokens as a browser would have to."""
    # Every test begins with nothing tried: the limits themselves have tests of their own.
    cache.clear()
    return lambda: Client(HTTP_HOST="localhost", HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/140.0")


@pytest.fixture
def browser(new_browser: Callable[[], Client]) -> Client:
    """One such client."""
    return new_browser()

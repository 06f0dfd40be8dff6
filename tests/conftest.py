"""One installation for each test process: its environment, its tables, and on demand its servers."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, sync_playwright

from ops.stack import ROOT
from sandbox.testing import free_port
from tests.environment import SANDBOX_NUMBER, prepare
from tests.processes import running

BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]

# Settings are read once in a process, and at the first import of a model: so before any test is collected.
_HOME = tempfile.TemporaryDirectory(prefix="opsystem-tests-")
HOME = Path(_HOME.name)
SITE_PORT, SANDBOX_PORT = free_port(), free_port()
SITE_URL, SANDBOX_URL = f"http://localhost:{SITE_PORT}", f"http://127.0.0.1:{SANDBOX_PORT}"
os.environ.update(prepare(HOME, base_url=SITE_URL, sandbox_url=SANDBOX_URL))
if "TESTS_DATABASE_URL" in os.environ:
    os.environ["OPSYSTEM_DATABASE_URL"] = os.environ["TESTS_DATABASE_URL"]
# The browser's driver runs an event loop in the tests' own thread, where Django would refuse its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
django.setup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the long ones come first, so that no core waits at the end for the other."""
    stories = ROOT / "tests" / "stories"
    items.sort(key=lambda item: stories not in item.path.parents)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all browser tests of this process; a second driver beside it would not start."""
    with sync_playwright() as playwright:
        running_browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=BROWSER_FLAGS)
        yield running_browser
        running_browser.close()


@pytest.fixture(scope="session")
def installation() -> Path:
    """A ready installation: tables made, static files collected. Answers its directory."""
    (HOME / "data" / "vaults").mkdir(mode=0o700, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return HOME


@pytest.fixture(scope="session")
def sandbox_url() -> Iterator[str]:
    """The vendors' sandbox, running; it tells the site about what happens."""
    options = ["--state", str(HOME / "sandbox"), "--deliver-to", SITE_URL, "--number", SANDBOX_NUMBER]
    arguments = ["-m", "sandbox", "--port", str(SANDBOX_PORT), "--pace", "0.02", *options]
    with running(*arguments, port=SANDBOX_PORT, log=HOME / "sandbox.log"):
        yield SANDBOX_URL


@pytest.fixture(scope="session")
def site_url(installation: Path, sandbox_url: str) -> Iterator[str]:  # noqa: ARG001 - must run first
    """The site as it is served in production, running."""
    arguments = ["-m", "granian", "--interface", "asgi", "--port", str(SITE_PORT), "--no-access-log"]
    with running(*arguments, "opsystem.config.asgi:application", port=SITE_PORT, log=HOME / "site.log"):
        yield SITE_URL

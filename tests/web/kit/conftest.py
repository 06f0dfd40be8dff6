"""The kit's own site, running."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command

from sandbox.testing import free_port
from tests.processes import running


@pytest.fixture(scope="session")
def collected() -> None:
    """Static files have their hashed names."""
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def kit_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("kit")
    port = free_port()
    arguments = ["-m", "tests.web.kit.serving", str(port), str(home / "static")]
    with running(*arguments, port=port, log=home / "kit.log"):
        yield f"http://127.0.0.1:{port}"

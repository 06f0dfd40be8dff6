"""Alice at her desk with Claude, who is the sandbox's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from tests.assistant.desk import Desk, new_desk
from tests.lifecycle.office import Office, office

__all__ = ["office"]


@pytest.fixture
def desk(office: Office, sandbox_url: str) -> Iterator[Desk]:
    """Gulf Plumbing with Mrs Alvarez, her visit of tomorrow, and Bob."""
    yield new_desk(office, sandbox_url)
    requests.post(f"{sandbox_url}/anthropic/_anthropic/mode", json={"mode": "rules"}, timeout=10)
    requests.delete(f"{sandbox_url}/_faults", timeout=10)

"""What the control plane's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def control_plane(installation: Path) -> Path:
    """The control plane's tables, on the database that the environment names."""
    return installation

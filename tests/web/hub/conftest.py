"""Everything here happens in Alice's business, and nobody has tried anything within the hour."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.lifecycle.office import office

__all__ = ["fresh_counters", "office"]


@pytest.fixture(autouse=True)
def fresh_counters(office: object) -> None:  # noqa: ARG001 - tables must be there
    """All tests come from one address of the internet, which may try only so often."""
    cache.clear()

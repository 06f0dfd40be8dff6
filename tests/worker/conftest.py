"""Everything here happens in an installation with backups."""

from __future__ import annotations

from tests.lifecycle.backups.conftest import house, pattern

__all__ = ["house", "pattern"]

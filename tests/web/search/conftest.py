"""The same crew as on the pages of jobs."""

from __future__ import annotations

from tests.lifecycle.office import office
from tests.web.jobs.conftest import crew

__all__ = ["crew", "office"]

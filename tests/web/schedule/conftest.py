"""Hurley Plumbing, as the pages of jobs know it, with a second technician."""

from __future__ import annotations

import pytest

from tests.web.jobs.conftest import Crew, crew, office

__all__ = ["crew", "crew_of_two", "office"]


@pytest.fixture
def crew_of_two(crew: Crew) -> Crew:
    """Bob is U-2, Eve U-3."""
    crew.office.hire("Eve", "technician")
    return crew

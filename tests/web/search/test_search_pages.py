"""The search page."""

from __future__ import annotations

from typing import get_args

from opsystem.business.search.queries import FindableKind
from opsystem.web.search.views import PAGES
from tests.web.jobs.conftest import Crew


def test_whatever_is_found_has_a_page_to_open(crew: Crew) -> None:
    assert set(get_args(FindableKind)) == set(PAGES)
    crew.send("clients/1/people/new", name="Tadeusz Tenant", role="tenant")
    assert "Tadeusz" in crew.page("search?text=tadeusz")

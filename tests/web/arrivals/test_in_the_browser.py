"""An export is chosen, sent part by part by the page's script, and taken in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from opsystem.control.businesses.directory import business_numbered
from opsystem.control.hosting.places import place_of
from opsystem.lifecycle.importing import lane
from opsystem.lifecycle.opening import vault_in_use
from tests.control.people import new_person
from tests.lifecycle.exporting.filled import packed, put
from tests.lifecycle.office import Office
from tests.web.browsing import watched_tab
from tests.web.settings.test_in_the_browser import sign_in

pytestmark = pytest.mark.browser


def test_carl_sends_an_export_of_several_parts(
    browser: Browser, site_url: str, filled: Office, tmp_path: Path
) -> None:
    put(filled, "film.mp4", bytes(5_000_000))
    archive = tmp_path / "export.zip"
    archive.write_bytes(packed(filled.vault))
    with watched_tab(browser, site_url) as tab:
        sign_in(tab, new_person("Carl"))
        page = tab.open("/start")
        page.get_by_role("link", name="I come from another OpSystem").click()
        page.get_by_role("button", name="Make room for it").click()
        page.get_by_label("Export (ZIP)").set_input_files(archive)
        assert tab.violations() == []
        page.get_by_role("button", name="Send export").click()
        page.get_by_text("It begins in a moment").wait_for()
        assert tab.violations() == []
        number = int(re.search(r"/b/(\d+)/", page.url)[1])  # type: ignore[index]
        with vault_in_use(place_of(business_numbered(number).pk).vault_id) as vault:
            lane.run(vault, number, lambda: True)
        page.get_by_text("Every row and every file was compared").wait_for()
        assert tab.violations() == []
        page.get_by_role("link", name="Go to Today").click()
        page.get_by_text("Hurley Plumbing").first.wait_for()
        assert [one for one in tab.troubles if "404" not in one] == []

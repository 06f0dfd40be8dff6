"""Prices and the download in Chromium, clicked."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from opsystem.business.packs.operations import install_pack
from opsystem.control.accounts.models import Person
from opsystem.lifecycle.exporting import lane
from tests.lifecycle.office import Office
from tests.web.browsing import Tab, watched_tab
from tests.web.fresh import fresh_browser

pytestmark = pytest.mark.browser


def sign_in(tab: Tab, person: Person) -> None:
    """Give a tab the session of somebody who is signed in."""
    name = settings.SESSION_COOKIE_NAME
    value = str(fresh_browser(person).cookies[name].value)
    tab.page.context.add_cookies(
        [{"name": name, "value": value, "domain": "localhost", "path": "/", "secure": True, "httpOnly": True}]
    )


def test_a_price_is_checked_in_place_and_taken_back(browser: Browser, site_url: str, office: Office) -> None:
    install_pack.perform(office.vault, office.actor(office.alice), {"name": "plumbing"})
    with watched_tab(browser, site_url) as tab:
        sign_in(tab, office.alice)
        page = tab.open(office.path("prices?check=1"))
        waiting = page.get_by_role("button", name="Looks right").count()
        page.get_by_role("button", name="Looks right").first.click()
        page.get_by_role("button", name="Undo").wait_for()
        assert page.get_by_role("button", name="Looks right").count() == waiting - 1
        assert page.url.endswith("prices?check=1")
        page.get_by_role("button", name="Undo").click()
        page.get_by_text("Undone:").wait_for()
        assert (
            tab.open(office.path("prices?check=1")).get_by_role("button", name="Looks right").count()
            == waiting
        )
        assert tab.troubles == []


def test_the_download_arrives_whole(browser: Browser, site_url: str, office: Office, tmp_path: Path) -> None:
    with watched_tab(browser, site_url) as tab:
        sign_in(tab, office.alice)
        page = tab.open(office.path("settings/download"))
        page.get_by_role("button", name="Prepare download").click()
        page.get_by_role("button", name="Stop packing").wait_for()
        lane.run(office.vault, office.number, lambda: True)
        page.get_by_role("button", name="Download ZIP").wait_for()
        with page.expect_download() as coming:
            page.get_by_role("button", name="Download ZIP").click()
        coming.value.save_as(tmp_path / "all.zip")
        assert coming.value.suggested_filename.startswith("Hurley Plumbing 20")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.testzip() is None
        assert "manifest.json" in archive.namelist()

"""Start, team, prices, settings and download in Chromium: nothing for axe, nothing sideways, no complaint."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from opsystem.business.packs.operations import install_pack
from opsystem.config.csp_reports import reports_counted
from opsystem.control.accounts.models import Person
from tests.lifecycle.office import Office, browser_of
from tests.web.browsing import DESK, PHONE, Tab, Theme, watched_tab

pytestmark = pytest.mark.browser

PAGES = (
    "start/pack", "team", "team/new", "team/2/role", "team/2/removal", "prices", "prices?check=1",
    "prices/new", "prices/1/edit", "settings", "settings/business", "settings/switches", "settings/tokens",
    "settings/disclosures", "settings/checklists", "settings/checklists/1/edit", "settings/templates",
    "settings/templates/1/edit", "settings/download",
)  # fmt: skip


def sign_in(tab: Tab, person: Person) -> None:
    """Give a tab the session of somebody who is signed in."""
    name = settings.SESSION_COOKIE_NAME
    value = str(browser_of(person).cookies[name].value)
    tab.page.context.add_cookies(
        [{"name": name, "value": value, "domain": "localhost", "path": "/", "secure": True, "httpOnly": True}]
    )


@pytest.mark.parametrize(
    ("width", "theme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")]
)
def test_every_page_is_sound(
    browser: Browser, site_url: str, office: Office, width: int, theme: Theme
) -> None:
    install_pack.perform(office.vault, office.actor(office.alice), {"name": "plumbing"})
    office.hire("Bob", "technician")
    before, found = reports_counted(), []
    with watched_tab(browser, site_url, width=width, theme=theme) as tab:
        sign_in(tab, office.alice)
        for path in ("/start", *(office.path(rest) for rest in PAGES)):
            tab.open(path)
            found += [f"{path}: {one}" for one in (*tab.violations(), *tab.troubles)]
            found += [f"{path}: scrolls sideways"] if tab.is_wider_than_the_screen() else []
            tab.troubles.clear()
    assert found == []
    assert reports_counted() == before


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
        with page.expect_download() as coming:
            page.get_by_role("link", name="Download everything").click()
        coming.value.save_as(tmp_path / "all.zip")
        assert coming.value.suggested_filename.startswith("Hurley Plumbing 20")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.testzip() is None
        assert "manifest.json" in archive.namelist()

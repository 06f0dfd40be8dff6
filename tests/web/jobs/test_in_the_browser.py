"""The pages in Chromium, as production serves them: for every eye, on every screen, by thumb."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect

from tests.web.browsing import PHONE, Tab, watched_tab
from tests.web.jobs.conftest import Crew

pytestmark = pytest.mark.browser
PAGES = (
    "", "schedule?week=2027-W02", "jobs", "jobs/new", "jobs/new?client=1", "jobs/1", "jobs/1/edit",
    "jobs/1/completion", "jobs/1/visits/new", "visits/1", "visits/1/time", "visits/1/people",
)  # fmt: skip


def enter(tab: Tab, crew: Crew) -> None:
    cookie = crew.alice_browser.cookies[settings.SESSION_COOKIE_NAME]
    tab.page.context.add_cookies(
        [
            {
                "name": cookie.key,
                "value": cookie.value,
                "domain": "localhost",
                "path": "/",
                "secure": True,
                "httpOnly": True,
            }
        ]
    )


def test_every_page_passes_axe_and_the_policy(browser: Browser, site_url: str, crew: Crew) -> None:
    crew.book(starts_at="2027-01-14T09:00", checklist=crew.checklist)
    crew.book("Faucet", starts_at="2027-01-14T09:30")
    crew.book("Sump pump", hours=0.1)
    with watched_tab(browser, site_url) as tab:
        enter(tab, crew)
        for rest in PAGES:
            tab.open(crew.office.path(rest))
            for look in tab.in_each_look():
                assert (rest, look.name, tab.violations(look)) == (rest, look.name, [])
                assert not tab.is_wider_than_the_screen(), (rest, look.name)
        assert tab.troubles == []


def test_the_act_is_at_the_thumb_and_ticking_stays_where_one_is(
    browser: Browser, site_url: str, crew: Crew
) -> None:
    crew.book(starts_at="2027-01-14T09:00", checklist=crew.checklist)
    with watched_tab(browser, site_url, width=PHONE) as tab:
        enter(tab, crew)
        page = tab.open(crew.office.path("visits/1"))
        leave = page.get_by_role("button", name="On my way", exact=True).first
        box = leave.bounding_box()
        assert box is not None
        assert box["height"] >= 48
        assert box["y"] > 600
        page.evaluate("window.same = true")
        page.get_by_role("button", name="Test for leaks").click()
        expect(page.get_by_role("heading", name="Checklist, 1 of 2")).to_be_visible()
        assert page.evaluate("window.same")
        leave.click()
        page.get_by_role("button", name="Start visit").first.click()
        expect(page.get_by_role("link", name="Finish visit").first).to_be_visible()
        assert tab.troubles == []

"""Every component in every state: under the strict policy, for every eye, on every screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browsing import DESK, PHONE, watched_tab

pytestmark = pytest.mark.browser
ERRORS = ("400", "403", "404", "413", "429", "500", "csrf", "maintenance")
OPENED = {
    "nothing": "undefined",
    "palette": "document.querySelector('op-ask dialog').showModal()",
    "sheet": "document.getElementById('note-sheet').showModal()",
    "keys": "document.querySelector('op-keys dialog').showModal()",
    "menu": "document.getElementById('object-menu').showPopover()",
    "edit": "document.querySelector('.approval__edit').open = true",
}


def test_all_components_pass_axe_and_the_policy(browser: Browser, kit_url: str) -> None:
    with watched_tab(browser, kit_url) as tab:
        for name, script in OPENED.items():
            tab.open("/components")
            tab.page.evaluate(script)
            for look in tab.in_each_look():
                assert (name, look.name, tab.violations(look)) == (name, look.name, [])
        assert tab.troubles == []


def test_signed_out_and_error_pages_pass_too(browser: Browser, kit_url: str) -> None:
    with watched_tab(browser, kit_url) as tab:
        for path in ("/components?signed-out", *(f"/errors/{name}" for name in ERRORS)):
            tab.open(path)
            for look in tab.in_each_look():
                assert (path, look.name, tab.violations(look)) == (path, look.name, [])
        assert tab.troubles == []


def test_a_first_visit_needs_at_most_ten_requests_and_one_origin(browser: Browser, kit_url: str) -> None:
    with watched_tab(browser, kit_url) as tab:
        tab.open("/components")
        assert len(tab.requests) <= 10
        assert tab.troubles == []
        assert tab.page.evaluate("document.fonts.check('16px Inter')")


@pytest.mark.parametrize("width", [320, PHONE, 640, 1024, DESK])
def test_nobody_scrolls_sideways(browser: Browser, kit_url: str, width: int) -> None:
    with watched_tab(browser, kit_url, width=width) as tab:
        for path in ("/components", "/components?signed-out", "/turn?over"):
            tab.open(path)
            assert not tab.is_wider_than_the_screen()


def test_fingers_find_targets_of_44_pixels_on_a_phone(browser: Browser, kit_url: str) -> None:
    with watched_tab(browser, kit_url, width=PHONE, has_touch=True, is_mobile=True) as tab:
        page = tab.open("/components")
        for selector in (".bottom__item", ".btn--primary:not(.bar .btn, .composer .btn)", ".tab", ".input"):
            for box in (one.bounding_box() for one in page.locator(selector).all() if one.is_visible()):
                assert box is not None
                assert box["height"] >= 44, selector


def test_colours_forced_by_the_system_keep_the_page_usable(browser: Browser, kit_url: str) -> None:
    with watched_tab(browser, kit_url, forced_colors="active") as tab:
        page = tab.open("/components")
        button = page.locator(".btn--primary").first
        expect(button).to_be_visible()
        assert button.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"

"""A client at a phone of 360 pixels with scripts switched off: reads, moves a visit, books."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import Browser

from opsystem.business.booking.offering import add_service, set_booking
from tests.lifecycle.office import Office
from tests.web.browsing import DESK, PHONE, Tab, watched_tab
from tests.web.hub.scene import maria
from tests.web.hub.test_booking import payloads

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("TESTS_SHOTS", "")
HEAVIEST = 30_000


def looked_at(tab: Tab, name: str) -> None:
    """Hold a page to its promises: no script, narrow enough, light enough."""
    assert tab.troubles == []
    assert not tab.is_wider_than_the_screen(), name
    if SHOTS:
        tab.page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def weight(tab: Tab, path: str) -> int:
    """Return the bytes of a page with everything it asks for, uncompressed."""
    sizes: list[int] = []
    tab.page.on("response", lambda answer: sizes.append(len(answer.body())))
    tab.open(path)
    tab.page.wait_for_load_state("networkidle")
    return sum(sizes)


def test_everything_works_on_a_phone_without_scripts(browser: Browser, site_url: str, office: Office) -> None:
    hers, alice = maria(office), office.actor(office.alice)
    set_booking.perform(office.vault, alice, {"on": True, "lands_as": "visit"})
    add_service.perform(office.vault, alice, {"name": "Drain check", "price_cents": 9900})
    with watched_tab(browser, site_url, width=PHONE, java_script_enabled=False) as tab:
        page = tab.open(hers.path)
        page.get_by_role("link", name="Water heater").click()
        page.get_by_role("button", name="Confirm visit").click()
        page.get_by_text("You confirmed").wait_for()
        page.get_by_role("link", name="Choose another time").click()
        page.locator("button[name=time]").nth(3).click()
        page.get_by_text("Your visit is now").wait_for()
        page.get_by_role("link", name="Ask a question").click()
        page.get_by_label("Your message").fill("Can you bring a new valve?")
        page.get_by_role("button", name="Send message").click()
        page.get_by_text("Can you bring a new valve?").wait_for()
        tab.open(f"/book/{office.number}")
        page.get_by_label("Drain check").check()
        page.get_by_role("button", name="Next").click()
        page.get_by_label("Street").fill("7 Elm St")
        page.get_by_label("City").fill("Hurley")
        page.get_by_role("button", name="Next").click()
        page.locator("button[name=time]").first.click()
        page.get_by_label("Your name").fill("Nina Park")
        page.get_by_label("Phone").fill("228 555 0190")
        page.get_by_role("button", name="Send me the code").click()
        page.get_by_text("Check your answers").wait_for()
        code = re.findall(r"code is ([0-9]{6})", payloads(office)[-1])[0]
        page.get_by_label("The code we sent you").fill(code)
        page.get_by_role("button", name="Book now").click()
        page.get_by_role("button", name="Confirm visit").wait_for()
        assert {cookie["name"] for cookie in page.context.cookies()} <= {"__Host-session"}
        assert tab.troubles == []


@pytest.mark.parametrize(("width", "theme"), [(PHONE, "light"), (DESK, "dark")])
def test_the_pages_are_light_and_axe_finds_nothing(
    browser: Browser, site_url: str, office: Office, width: int, theme: str
) -> None:
    hers, alice = maria(office), office.actor(office.alice)
    set_booking.perform(office.vault, alice, {"on": True, "lands_as": "visit"})
    add_service.perform(office.vault, alice, {"name": "Drain check", "price_cents": 9900})
    with watched_tab(browser, site_url, width=width, theme=theme) as tab:  # type: ignore[arg-type]
        for name in ("", f"/visits/{hers.visit}", f"/visits/{hers.visit}/move", "/messages", "/details"):
            tab.open(hers.path + name)
            looked_at(tab, f"hub{name.replace('/', '-')}-{width}-{theme}")
            assert tab.violations() == [], name
        tab.open(f"/book/{office.number}")
        looked_at(tab, f"book-{width}-{theme}")
        assert tab.violations() == []
    with watched_tab(browser, site_url, width=width) as tab:
        assert weight(tab, hers.path) <= HEAVIEST

"""The board in Chromium: by mouse, by finger, by keys, and as others see it meanwhile."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from opsystem.business.dispatch.operations import place_visit
from opsystem.business.jobs.queries import show_visit
from tests.web.browsing import DESK, PHONE, Tab, watched_tab
from tests.web.jobs.conftest import ZONE, Crew
from tests.web.jobs.test_in_the_browser import enter

pytestmark = pytest.mark.browser
DAY = "schedule/day?day=2027-01-14"


def stands(crew: Crew, visit: str = "V-1") -> tuple[str, int, list[str]]:
    """Return when a visit begins, its minutes and who goes."""
    row = show_visit.ask(crew.office.vault, crew.office.actor(crew.office.alice), {"visit": visit}).visit
    minutes = round((row.ends_at - row.starts_at).total_seconds() / 60)
    return f"{row.starts_at.astimezone(ZONE):%m-%d %H:%M}", minutes, [one.name for one in row.assignees]


def middle(of: Locator) -> tuple[float, float]:
    box = of.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 8)


def lane(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def moved(page: Page, words: str) -> None:
    expect(page.locator("#toasts")).to_contain_text(words)


def test_row_22_the_board_by_mouse_keys_and_finger(
    browser: Browser, site_url: str, crew_of_two: Crew
) -> None:
    crew = crew_of_two
    crew.book(starts_at="2027-01-14T09:00")
    with watched_tab(browser, site_url, width=DESK, has_touch=True) as tab:
        enter(tab, crew)
        page = tab.open(crew.office.path(DAY))
        _by_mouse(crew, page)
        _by_keys(crew, page)
        _by_finger(crew, page)
        _as_others_move_it(crew, page)
        tab.open(crew.office.path(DAY))
        assert tab.violations() == []
        assert tab.troubles == []


def _by_mouse(crew: Crew, page: Page) -> None:
    page.wait_for_selector(".bv__grip", state="attached")
    x, y = middle(lane(page, "Bob").locator(".bv"))
    to_x, _ = middle(lane(page, "Eve"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y + 10, steps=2)
    page.mouse.move(to_x, y + 60, steps=4)
    expect(page.locator(".ghost time")).to_have_text(re.compile(r"^10:00 am"))
    page.mouse.up()
    moved(page, "Moved V-1 to Thu Jan 14, 10:00 AM, Eve.")
    assert stands(crew) == ("01-14 10:00", 60, ["Eve"])
    grip = page.locator(".bv__grip")
    x, y = middle(grip)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 30, steps=3)
    page.mouse.up()
    expect(page.locator(".bv[data-visit] time")).to_have_text(re.compile("11:30"))
    assert stands(crew) == ("01-14 10:00", 90, ["Eve"])


def _by_keys(crew: Crew, page: Page) -> None:
    page.locator(".bv__link").focus()
    for key in ("m", "ArrowDown", "ArrowLeft", "Shift+ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator("#board-says")).to_contain_text("10:15 am, Bob")
    page.keyboard.press("Escape")
    assert page.locator(".ghost").count() == 0
    for key in ("m", "ArrowUp", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    moved(page, "Moved V-1 to Thu Jan 14, 9:45 AM, Bob.")
    assert stands(crew) == ("01-14 09:45", 90, ["Bob"])
    page.keyboard.press("z")
    expect(lane(page, "Eve").locator(".bv")).to_have_count(1)
    assert stands(crew) == ("01-14 10:00", 90, ["Eve"])


def _by_finger(crew: Crew, page: Page) -> None:
    x, y = middle(lane(page, "Eve").locator(".bv"))
    to_x, _ = middle(lane(page, "Bob"))
    touch = page.context.new_cdp_session(page)

    def point(kind: str, *at: float) -> None:
        points: list[dict[str, Any]] = [{"x": at[0], "y": at[1]}] if at else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    point("touchStart", x, y)
    page.wait_for_selector(".ghost", state="attached")
    point("touchMove", to_x, y - 30)
    point("touchMove", to_x, y - 60)
    point("touchEnd")
    moved(page, "Moved V-1 to Thu Jan 14, 9:00 AM, Bob.")
    assert stands(crew) == ("01-14 09:00", 90, ["Bob"])


def _as_others_move_it(crew: Crew, page: Page) -> None:
    page.evaluate("window.same = true")
    crew.do(place_visit, visit="V-1", starts_at="2027-01-14T14:00")
    expect(lane(page, "Bob").locator(".bv time")).to_have_text(re.compile("^2:00"))
    assert page.evaluate("window.same")


def test_without_dragging_scripts_or_room(browser: Browser, site_url: str, crew_of_two: Crew) -> None:
    crew = crew_of_two
    crew.book(starts_at="2027-01-14T09:00")
    crew.book("Faucet", starts_at=None, members=[])
    with watched_tab(browser, site_url, width=PHONE, java_script_enabled=False) as tab:
        enter(tab, crew)
        page = tab.open(crew.office.path(DAY))
        assert "Not at work" in page.content()
        page.get_by_role("link", name="Move V-1").click()
        page.get_by_role("button", name=re.compile("^Move here")).first.click()
        assert "Moved V-1 to" in page.content()
        tab.open(crew.office.path("schedule/backlog")).get_by_role("link", name="Find a slot").click()
        page.get_by_role("button", name=re.compile("^Book this")).first.click()
        assert "Booked V-2" in page.content()
    with watched_tab(browser, site_url, width=PHONE, theme="dark") as tab:
        enter(tab, crew)
        _all_pages(tab, crew)


def _all_pages(tab: Tab, crew: Crew) -> None:
    for rest in (
        DAY,
        "schedule?week=2027-W02",
        "schedule/month?month=2027-01",
        "schedule/backlog",
        "schedule/visits/1",
        "schedule/jobs/1",
    ):
        tab.open(crew.office.path(rest))
        assert (rest, tab.violations()) == (rest, [])
        assert not tab.is_wider_than_the_screen(), rest
    assert tab.troubles == []

"""Islands do their one thing, and the page does without them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from tests.web.browsing import PHONE, watched_tab
from tests.web.kit.serving_urls import HOSTILE

pytestmark = pytest.mark.browser


def test_the_palette_finds_goes_and_asks(browser: Browser, kit_url: str) -> None:
    with watched_tab(browser, kit_url) as tab:
        page = tab.open("/turn?over")
        page.keyboard.press("Control+k")
        box = page.get_by_role("combobox")
        expect(box).to_be_focused()
        box.fill("hist")
        expect(page.get_by_role("option", name="Rosa hist")).to_have_attribute("aria-selected", "true")
        expect(page.get_by_role("option", name="History")).to_be_visible()
        page.keyboard.press("ArrowDown")
        chosen = page.get_by_role("option", name="History")
        expect(chosen).to_have_attribute("aria-selected", "true")
        expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
        page.keyboard.press("Escape")
        expect(box).to_be_hidden()
        page.keyboard.press("/")
        box.fill("text Ana")
        assert tab.troubles == []
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("asked: text Ana")).to_be_visible()


def test_keys_go_to_places_walk_lists_and_can_be_switched_off(browser: Browser, kit_url: str) -> None:
    with watched_tab(browser, kit_url) as tab:
        page = tab.open("/files")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("g")
        page.keyboard.press("c")
        page.wait_for_url("**/components")
        page.keyboard.press("j")
        first = page.locator(".row__link").first
        expect(first).to_be_focused()
        page.keyboard.press("j")
        expect(page.locator(".row__link").nth(1)).to_be_focused()
        page.keyboard.press("?")
        page.get_by_text("Use single-letter keys").click()
        page.keyboard.press("Escape")
        page.reload()
        page.keyboard.press("j")
        expect(first).not_to_be_focused()


def test_a_toast_waits_while_it_is_looked_at(browser: Browser, kit_url: str) -> None:
    with watched_tab(browser, kit_url) as tab:
        tab.page.clock.install()
        page = tab.open("/turn?over")
        toast = page.locator("op-toast")
        page.clock.run_for(5000)
        toast.hover()
        page.clock.run_for(20000)
        expect(toast).to_be_visible()
        page.mouse.move(1, 1)
        page.clock.run_for(4000)
        expect(toast).to_have_count(0)


def test_a_running_turn_is_told_as_text_goes_on_after_a_break_and_ends_as_rendered(
    browser: Browser, kit_url: str
) -> None:
    with watched_tab(browser, kit_url) as tab:
        told: list[str] = []

        def hear(html: str) -> None:
            told.append(html)

        tab.page.expose_function("told", hear)
        tab.page.add_init_script(
            "addEventListener('DOMContentLoaded', () => new MutationObserver(() => "
            "told(document.querySelector('.chat__list')?.innerHTML ?? ''))"
            ".observe(document.body, {subtree: true, childList: true, characterData: true}))"
        )
        page = tab.open("/turn")
        expect(page.get_by_text("All done.")).to_be_visible()
        before = next(html for html in reversed(told) if "Here is the text" in html)
        assert "Looking for Mrs Alvarez" in before
        assert "1 client" in before
        assert HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in before
        assert before.count("Here is the text") == 1
        assert any("approval-3" in html for html in told)
        expect(page.locator(".said img, .said__text b")).to_have_count(0)
        expect(page.locator("op-stream[src]")).to_have_count(0)
        assert tab.troubles == []


def test_many_files_go_one_by_one_and_a_failed_one_can_be_tried_again(browser: Browser, kit_url: str) -> None:
    with watched_tab(browser, kit_url, width=PHONE) as tab:
        page = tab.open("/files")
        names = ("one.txt", "two.txt", "broken.txt")
        page.locator(".upload__input").set_input_files(
            [FilePayload(name=name, mimeType="text/plain", buffer=b"words") for name in names]
        )
        expect(page.get_by_text("This file is damaged.", exact=True)).to_be_visible()
        expect(page.locator("#names").get_by_text("two.txt")).to_be_visible()
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(".upload__item")).to_have_count(0)
        expect(page.locator("#names").get_by_text("broken.txt")).to_have_count(2)


def test_the_theme_changes_at_once_and_comes_back_when_it_could_not_be_stored(
    browser: Browser, kit_url: str
) -> None:
    with watched_tab(browser, kit_url) as tab:
        page = tab.open("/turn?over&theme=system")
        root = page.locator("html")
        page.locator(".person").click()
        page.get_by_role("button", name="Dark").click()
        expect(root).to_have_attribute("data-theme", "dark")
        assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
        page.get_by_role("button", name="Light").click()
        expect(root).to_have_attribute("data-theme", "dark")


def test_a_number_is_copied(browser: Browser, kit_url: str) -> None:
    with watched_tab(browser, kit_url, permissions=["clipboard-read", "clipboard-write"]) as tab:
        page = tab.open("/components")
        page.get_by_role("button", name="Copy the number J-204").click()
        expect(page.locator(".copy--done")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == "J-204"


def test_a_hold_counts_down(browser: Browser, kit_url: str) -> None:
    with watched_tab(browser, kit_url) as tab:
        page = tab.open("/components")
        expect(page.locator("op-countdown").first).to_have_text(re.compile(r"Leaves in \d+ s"))


def test_without_scripts_everything_is_still_there(browser: Browser, kit_url: str) -> None:
    with watched_tab(browser, kit_url, java_script_enabled=False) as tab:
        page = tab.page
        page.goto(f"{kit_url}/files")
        page.locator(".upload__input").set_input_files(
            {"name": "plain.txt", "mimeType": "text/plain", "buffer": b"words"}
        )
        page.get_by_role("button", name="Add files").click()
        page.goto(f"{kit_url}/files")
        expect(page.locator("#names").get_by_text("plain.txt")).to_be_visible()
        page.goto(f"{kit_url}/turn")
        expect(page.get_by_role("link", name="Show what is new")).to_be_visible()
        page.goto(f"{kit_url}/components")
        expect(page.get_by_role("link", name="Ask or search")).to_be_visible()
        page.get_by_role("button", name="Add a note").first.click()
        expect(page.get_by_role("dialog", name="Add a note")).to_be_visible()
